"""The parts that every page is made of. They know no case and no counter."""

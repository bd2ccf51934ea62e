"""What a page is given: the counter, work off its thread, drafts, the scanner, the line."""

"""The printers of the machine: CUPS through its own commands, Windows through Qt."""

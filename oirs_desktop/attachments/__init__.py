"""Documents shown at the counter: taken in, made small in a process of their own, kept encrypted."""

"""Examples and templates that travel with the program."""

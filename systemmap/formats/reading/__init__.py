"""How bytes are opened safely: limits, damage, sheets and plain text."""

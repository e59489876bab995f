"""The canvas in the browser: its page, live channel, acts and answers."""

"""Reading in a process of its own, within a budget of time and memory."""

"""What differs: between groups, between two days, and what a change leads to."""

"""The systemmap app: screens for the team, rooms for phones, one command."""

"""How the app is started, which options it takes, and what a phone may reach."""

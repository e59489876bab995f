"""Where a programme stands: its summary, assets, partners and published figures."""

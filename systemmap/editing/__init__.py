"""Every verb that changes a programme, one home for each."""

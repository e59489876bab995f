"""Who acts on what: cover of each factor, effort by layer, and whom it reaches."""

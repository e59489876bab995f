"""Documents people read: one file a document, every number computed."""

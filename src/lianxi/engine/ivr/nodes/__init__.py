"""One file per node type."""

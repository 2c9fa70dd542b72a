"""Short lists as files: what fits on some pages is written while the person waits."""

"""Fixed report forms: their format is set once, so that one day can be laid beside another."""

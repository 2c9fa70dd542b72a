"""All measures, by the mart they are taken from."""

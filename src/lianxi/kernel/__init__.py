"""Plain values everyone may use. Imports nothing of ours."""

"""Supervised child processes: start, adopt, watch, stop. Knows no particular program."""

"""The pure switchboard: no I/O, no clock, no randomness, no await."""

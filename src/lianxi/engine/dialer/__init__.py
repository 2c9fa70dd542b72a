"""Outbound: whom to dial, when, on how many lines, and never with too many drops."""

"""Workforce: how many agents a load needs, and what callers meet with the agents there are."""

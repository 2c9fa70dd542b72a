"""Builders: a test says what matters, the builder fills in the rest."""

"""The metric registry and what is printed from it."""

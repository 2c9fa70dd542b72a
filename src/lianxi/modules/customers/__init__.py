"""Customers and the numbers they call from."""

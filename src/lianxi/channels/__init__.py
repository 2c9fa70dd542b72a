"""Adapters: each turns one outside world into inputs and performs commands there."""

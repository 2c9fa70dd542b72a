"""Peers and exact references that the benches are measured beside."""

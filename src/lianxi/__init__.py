"""Lianxi (联系): an open-source contact centre."""

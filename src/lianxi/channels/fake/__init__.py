"""Scripted callers and phones for tests, the demonstration and load runs."""

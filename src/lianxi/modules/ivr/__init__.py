"""Flows and prompts of the voice menu."""

"""Steering by figures: targets, frozen baselines, and the sheet of what was out of range."""

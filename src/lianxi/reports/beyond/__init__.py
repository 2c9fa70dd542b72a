"""Figures that are no sums of one window: means of agents' own rates, windows that roll."""

"""Sheets of sums: what the rows of a closed day come to, so that long times need not be read."""

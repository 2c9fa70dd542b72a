"""Behind a figure: the contacts that it was computed from."""

"""People and their places at a desk as one thing: listed, changed, taken in from lists."""

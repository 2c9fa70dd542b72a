"""One file per metric: what it means, and its formulas over the fact tables."""

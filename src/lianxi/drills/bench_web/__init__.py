"""How quick the pages are: the pop at a desk, a floor of a thousand agents, the first load."""

"""How quick the pages are: pops, keys, ways, a large floor, a long list; what a shift leaves."""

"""The live view: what desks and boards show, derived from the engine's own state.

The API keeps a replica of the switchboard's state by `evolve`, the switchboard's own function, so
that a board cannot disagree with the router. Everything here is pure: state in, rows out.
"""

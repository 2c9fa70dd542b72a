"""Drills: the whole product on real parts, driven from outside; each claim holds or does not."""

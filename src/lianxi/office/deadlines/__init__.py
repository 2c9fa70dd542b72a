"""Deadlines as data: how long what may take, for which kind of matter, in which area, from when on.

A rule says code, kind and class of area; the most particular one whose time has come is in force:
kind and area before kind, kind before area, area before neither. Rules are never changed: a new
version takes over at its effective moment, and clocks that run keep what they were started with.
"""

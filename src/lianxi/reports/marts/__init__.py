"""The tables that measures are taken from, as expressions over the fact tables.

Import these modules late: they bring Ibis (more than a second).
"""

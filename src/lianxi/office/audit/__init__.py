"""Audit: who did what to which object, when, why, from where. Rows are added and never changed.

A row is written in the transaction of the act it tells of: both happen or neither. Refusals (a
failed sign-in) are written in a transaction of their own.
"""

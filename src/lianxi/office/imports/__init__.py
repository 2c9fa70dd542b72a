"""Imports: lists that come from outside as XLSX or CSV, read into lines of named texts.

What a list may hold is a `ListForm`: its columns with their titles, which of them are needed, and
how many lines are taken. What the lines mean, and what becomes of them, is the module's own.
"""

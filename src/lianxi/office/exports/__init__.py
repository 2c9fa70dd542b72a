"""Exports as jobs: a list that is too long to wait for is written to a file by the worker.

Whoever asks gets a row at once; the worker takes rows one after the other, writes the file bit by
bit and says how far it is. The file is there for a day and only for whoever asked for it. What can
be exported is a `Source`; each list brings its own.
"""

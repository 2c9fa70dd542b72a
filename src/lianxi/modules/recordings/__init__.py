"""Recordings of calls: storage, playback, download, and who listened.

The switch writes one raw file per call, from its first second. This module cuts the conversation
out of it once the contact has ended, writes it as WAV with the peaks for its picture, and deletes
the raw file: what a caller said before anybody answered is not kept. It owns the table
`recording`, appends nothing, and follows the contact projection.
"""

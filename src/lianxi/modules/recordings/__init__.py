"""Recordings of calls: storage, playback, download, and who listened."""

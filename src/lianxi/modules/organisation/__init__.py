"""The centre itself: what it is called, and how far its first set-up has come."""

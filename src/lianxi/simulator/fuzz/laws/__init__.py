"""What must hold over any day: each law a small class fed with every event."""

"""What carriers report: calls to our numbers that their networks turned away, by number and day."""

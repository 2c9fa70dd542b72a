"""The business: one folder per module, two doors each (facade and contracts)."""

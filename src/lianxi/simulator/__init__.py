"""The other runner of the same engine: virtual time and seeded arrivals."""

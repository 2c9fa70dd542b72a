"""A small ledger of what the centre costs, so that cost per call can be computed. No accounting:
entries with a period, booked by a person, cancelled and never changed."""

"""The append-only log of what happened, and the durable inbox of what was asked."""

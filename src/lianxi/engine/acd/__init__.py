"""Queues, matching, offers, wrap-up, presence."""

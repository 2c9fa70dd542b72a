"""Complaint early warnings (投诉预警): a complaint the hotline cannot settle goes up, from the
agent over the supervisor and the store to the division, each hop with its time.

Owns warnings with their rounds, reviews, opinions, second contacts and the reports of each day.
States change through the flow of `chain.WARNING` alone; deadlines are clocks of the office. While
one is open, its work order cannot be archived.
"""

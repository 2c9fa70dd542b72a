"""Announcements: outages that are planned, sudden or a fault, and news of products and activities.

Who is concerned hears of it: callers from there before the menu, agents at the desk, subscribers
by message. Whoever was told once is told again when it changes, is over or is called off.
"""

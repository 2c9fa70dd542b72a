"""Webhooks: what happens in the centre is told to systems outside, each message signed.

A webhook names an address and the kinds of events it wants. Journal lines become deliveries, one
row each; the worker takes rows and posts them, again and again for a day where nobody takes them.
Calls never wait for any of this.
"""

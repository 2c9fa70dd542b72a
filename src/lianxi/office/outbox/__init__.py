"""Outbox: what shall be told to somebody outside, written in the transaction that decides it.

Notices leave only after the commit. A worker takes them with a lease, oldest first, tries again
with growing waits, and gives up after a day; what was given up stays visible with its reason. A
message may be told twice when a worker dies between telling and noting it; its `key` lets the
receiver know.

    await facade.put(session, Message(topic="mail", subject="case:1", body={...}), at)
"""

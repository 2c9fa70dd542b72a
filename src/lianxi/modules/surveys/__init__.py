"""Surveys: customers are asked how it went, once for each resolution of a work order.

A survey says after what it asks, by what way, whom, and not more often than. The worker finds what
was done or closed and makes an invitation of each: sent, or not sent and why, which is a row too.
The link in it is good for one answer; only its hash is kept. What the customer says is an event of
the work order where that still waits for a word: satisfied and not satisfied are its callback, and
a customer who is not satisfied opens a closed one again.

Answers by keys at the end of a call are facts of the flow; they are shown beside the others.
"""

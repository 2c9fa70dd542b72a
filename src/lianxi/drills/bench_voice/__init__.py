"""Bench `voice`: calls through Lianxi beside the same calls through Asterisk's own app_queue.

One Asterisk, one crowd of agents (a SIPp that answers at once), one crowd of customers (a SIPp that
calls at a rate), one run: the two take turns, round by round, so that both meet the same
neighbours on the machine. A call counts from the customer's INVITE to the moment customer and agent
are together: with app_queue that is the customer's 200; Lianxi answers customers at once, so there
it is the switch's word that the second of the two has entered the bridge. All times are the
kernel's, read from the loopback interface.

Processor time is read from /proc of the processes: Asterisk's for both, the Driver's for
Lianxi, and beside them what keeps the records (PostgreSQL, projections), which app_queue has not.
"""

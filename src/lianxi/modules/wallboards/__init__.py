"""Wallboards: what the big screens of a centre show, and which screens may show it.

A board is a layout, up to six figures, the queues of its table and one notice. A screen opens it by
a link of its own, whose token reads this one board and nothing else, never ends by itself, and can
be revoked. The module owns the tables `wallboard` and `wall_screen`, appends nothing to the journal
and listens to nothing.
"""

"""Drill `figures`: one scripted hour, and every figure of it computed by hand.

`script.py` is the table of who does what in which second, `centre.py` the centre it happens in,
`expected.py` the arithmetic. The hour is played by the real engine over the switch in memory by a
virtual clock, so the seconds in the table are exact; the journal is folded by the product's own
fold, and every metric of the registry is asked and compared.
"""

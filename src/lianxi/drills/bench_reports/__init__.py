"""Bench `reports`: the month-end report over one, ten and a hundred million contacts, beside peers.

The facts are made in two steps. The simulator plays some weeks of a centre with ten queues and a
hundred agents through the real engine, and the product's own fold turns its journal into rows. Then
whole days of these are copied: shifted by whole weeks, with the contacts, queues and agents of each
copy renamed, so that every day stays one that the engine could have made. So the copies of one day
have the same shape; what is measured is work, and it does not become less by that: nothing is
computed once for two copies.
"""

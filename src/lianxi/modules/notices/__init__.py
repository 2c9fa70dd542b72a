"""Notices: whoever has to hear of something is told, by the bell, by e-mail and by short message.

Other modules write messages of the topics `notice` and `clock` into the outbox, addressed to posts,
areas, people or the customer. Here they become a row for each person (the bell) and letters; the
words come from templates, which people change and which hold from a moment on. One transaction
writes everything that follows from a message, under keys: however often a message is told, each
person hears of it once.
"""

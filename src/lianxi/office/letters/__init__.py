"""Letters: messages of the outbox that leave the house by e-mail and by short message.

Whoever decides that somebody is to be told writes a letter in the same transaction; the worker
tells it (`modules/notices`), tries again with patience, and never twice: where a worker died in the
middle, or the other side did not answer in time, the letter is given up with that reason and a
person decides.

    await outbox.put(session, mail(Letter(to=..., text=..., subject="survey:1"), title="..."), at)
    await outbox.put(session, sms(Letter(to="13800138000", text=..., subject="survey:1")), at)
"""

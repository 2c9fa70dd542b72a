"""Clock: everything that must be done by a moment. Truth is a row; a sweep finds what is due.

A clock copies target, unit and calendar when it starts. Elapsed time is the sum of the stretches it
ran, so a pause outside working hours moves nothing and a change of target forgets nothing. Its
owner is a post, not a person. Marks (50 %, 80 %, 100 % of the target) are rows of their own; each
is fired once, however many workers sweep and whenever one of them dies.

    clock = await facade.start(session, Start(subject="case:1", rule=rule, owner="area:north"), at)
    await facade.pause(session, "case:1", at)
    await facade.stop(session, "case:1", "wo.resolve", at)
    fired = await facade.sweep(session, now)
"""

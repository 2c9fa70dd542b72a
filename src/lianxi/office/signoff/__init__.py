"""Sign-off: ordered signatures of different people, bound to what they signed.

A subject has a plan: steps in order, each for a role. A signature carries the hash of the content;
when the content is another one, earlier signatures no longer count and the first step is open
again, while they stay on record. One person signs one step of a plan only.

    standing = await facade.sign(session, "report:7", PLAN, Signing(step="finance", ...))
"""

"""Document: texts that are released. Article, procedure, announcement, course material.

A document has revisions: draft, in review, released from an effective time on, superseded,
archived. Readers see the released one while a newer is written. Who has read a revision is on
record, and who still has to.

    doc = await facade.begin(session, Begin(kind="announcement", ...))
    await facade.submit(session, doc.id, 1, ...)
    await facade.release(session, doc.id, 1, effective_at=..., ...)
"""

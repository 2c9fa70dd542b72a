"""Callbacks that are promised: until their moment comes they are no contacts."""

from typing import Final

from lianxi.engine.plain import Values
from lianxi.kernel.ids import AgentId, ContactId, QueueId
from lianxi.kernel.time import Instant


class Promise:
    """What an agent said to the customer: by when, and what it is about."""

    def __init__(
        self, *, until: Instant | None = None, remark: str = "", by: AgentId | None = None
    ) -> None:
        self.until = until
        self.remark = remark
        self.by = by


NO_PROMISE: Final = Promise()


class Planned(Values):
    """A callback whose moment has not come."""

    contact: ContactId
    number: str
    queue: QueueId
    since: Instant
    attempt: int = 1
    until: Instant | None = None
    """By when it was promised."""
    remark: str = ""
    promised_by: AgentId | None = None

    def __init__(self, *, contact: ContactId, number: str, queue: QueueId, since: Instant) -> None:
        self.contact = contact
        self.number = number
        self.queue = queue
        self.since = since

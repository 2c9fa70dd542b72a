"""A document on its way to a machine outside, until it is there or given up.

Plain values like those of `living`, changed in place by `evolve` and by nothing else.
"""

from lianxi.engine.plain import Values
from lianxi.kernel.ids import ContactId, FaxId, LegId, QueueId, TrunkId
from lianxi.kernel.time import Instant


class Sending(Values):
    """What is sent where, and how far it has come."""

    fax: FaxId
    contact: ContactId
    """That it belongs to; empty = none."""
    queue: QueueId | None
    number: str
    document: str
    pages: int
    attempt: int = 0
    """The newest one."""
    legs: int = 0
    """Made so far: one per trunk that was tried."""
    leg: LegId = LegId("")
    """Of the attempt in progress; empty = none is."""
    since: Instant = Instant(0)
    """When that leg was asked for."""
    generation: str = ""
    """Of the switch that it was asked of."""
    trunk: TrunkId = TrunkId("")
    tried: tuple[TrunkId, ...] = ()
    """Trunks whose carriers did not take this attempt."""

    def __init__(
        self,
        *,
        fax: FaxId,
        contact: ContactId,
        queue: QueueId | None,
        number: str,
        document: str,
        pages: int,
    ) -> None:
        self.fax = fax
        self.contact = contact
        self.queue = queue
        self.number = number
        self.document = document
        self.pages = pages

"""What callers are told of recordings, and what is told of how legs are heard."""

from collections.abc import Mapping

from lianxi.engine.acd.recording_choice import is_in_share
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    ContactBegan,
    ContactEnded,
    ContactQueued,
    RoutingChanged,
)
from lianxi.engine.messages.recordings import (
    LegQualityTold,
    RecordingNoticeBegan,
    RecordingNoticeEnded,
    RecordingStarted,
)
from lianxi.engine.messages.routing import Queue
from lianxi.engine.messages.values import Channel, RecordingPolicy
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, LegId, QueueId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.laws.law import Law, Watch


class NoticeIsHeard(Law):
    """A caller who may be recorded is told so before the wait, and so before any offer, where the
    queue has it so; told once; and who could not be told is not recorded."""

    name = "callers are told of the recording"

    def __init__(self) -> None:
        self.queues: dict[QueueId, Queue] = {}
        self.calls: set[ContactId] = set()
        """Open calls that came in and could be recorded."""
        self.told: dict[ContactId, bool | None] = {}
        """Whether the words were heard; `None` while they are said."""

    def watches(self) -> Mapping[type[Event], Watch]:
        """See `Law.watches`."""
        return {
            RoutingChanged: self.configured,
            ContactBegan: self.begins,
            RecordingNoticeBegan: self.is_told,
            RecordingNoticeEnded: self.was_told,
            ContactQueued: self.enters,
            RecordingStarted: self.starts,
            ContactEnded: self.ends,
        }

    def configured(self, event: RoutingChanged) -> None:
        """Who comes from now on is under the new rules."""
        self.queues = {queue.id: queue for queue in event.routing.queues}

    def begins(self, event: ContactBegan) -> None:
        """A call that came in."""
        if event.channel is Channel.VOICE and event.recording:
            self.calls.add(event.contact)

    def is_told(self, event: RecordingNoticeBegan) -> None:
        """The words begin."""
        if self.told.get(event.contact) is not None:
            self.broken("told twice:", event)
        self.told[event.contact] = None

    def was_told(self, event: RecordingNoticeEnded) -> None:
        """The words are over."""
        if event.contact not in self.told or self.told[event.contact] is not None:
            self.broken("ended without a beginning:", event)
        self.told[event.contact] = event.heard

    def enters(self, event: ContactQueued) -> None:
        """The wait begins; who comes back from an agent has been through it."""
        queue = self.queues.get(event.queue)
        if queue is None or event.recovered or event.contact not in self.calls:
            return
        is_owed = bool(queue.recording_rule.notice) and may_be_kept(event.contact, queue)
        if is_owed and self.told.get(event.contact) is None:
            self.broken("waits, and was not told:", event)

    def starts(self, event: RecordingStarted) -> None:
        """By an agent's choice."""
        if self.told.get(event.contact, True) is not True:
            self.broken("recorded, and was not told:", event)

    def ends(self, event: ContactEnded) -> None:
        """Forgotten."""
        self.calls.discard(event.contact)
        self.told.pop(event.contact, None)

    def look(self, state: State, at: Instant) -> None:
        """The same by the state."""
        saying = {name for name, known in state.recorded.items() if known.queue is not None}
        saying &= self.calls
        mine = {name for name in self.calls if self.told.get(name, True) is None}
        self.same("callers who are being told", mine, saying)


def may_be_kept(contact: ContactId, queue: Queue) -> bool:
    """Whether the queue's policy keeps this call, or lets an agent keep it."""
    if queue.recording is RecordingPolicy.SHARE:
        return is_in_share(contact, queue.recording_rule.share)
    return queue.recording is not RecordingPolicy.OFF


class BadLegsAreTold(Law):
    """A leg that is heard badly is told once, and once more when it is heard well again."""

    name = "bad legs are told once"

    def __init__(self) -> None:
        self.bad: dict[LegId, ContactId] = {}
        self.open: set[ContactId] = set()

    def watches(self) -> Mapping[type[Event], Watch]:
        """See `Law.watches`."""
        return {
            ContactBegan: lambda e: self.open.add(e.contact),
            ContactEnded: self.ends,
            LegQualityTold: self.told,
        }

    def told(self, event: LegQualityTold) -> None:
        """It changed, or the leg is over."""
        if not event.is_last and event.is_bad == (event.leg in self.bad):
            self.broken("told, and nothing had changed:", event)
        self.bad.pop(event.leg, None)
        if event.contact not in self.open and not event.is_last:
            self.broken("told of a contact that is over:", event)
        if event.is_bad and not event.is_last:
            self.bad[event.leg] = event.contact

    def ends(self, event: ContactEnded) -> None:
        """With the contact its legs are over."""
        self.open.discard(event.contact)
        self.bad = {leg: of for leg, of in self.bad.items() if of != event.contact}

    def look(self, state: State, at: Instant) -> None:
        """The same by the state; nothing is kept of contacts that are over."""
        self.same("bad legs", set(self.bad), set(state.bad_legs))
        if gone := set(self.bad.values()) - self.open:
            self.broken("bad legs of contacts that are over:", gone)

"""Deadlines are about something living; nothing in memory grows with what is over."""

from typing import ClassVar

from lianxi.engine.acd.fax_receiving import MOST_FAXES
from lianxi.engine.acd.wrapping import of
from lianxi.engine.ivr.request_changes import MOST_VOICEMAILS
from lianxi.engine.messages.values import Phase
from lianxi.engine.plain import fields_of
from lianxi.engine.state import CLOSED_KEPT, State
from lianxi.engine.timers import Timers
from lianxi.kernel.ids import (
    AgentId,
    CampaignId,
    ContactId,
    DialId,
    EntryId,
    FaxId,
    GroupId,
    LegId,
    MonitorId,
    OfferId,
    QueueId,
)
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.laws.law import Law


class DeadlinesHaveOwners(Law):
    """Every deadline is to come, at the earliest at once, and belongs to something living."""

    name = "every deadline has an owner"

    def look(self, state: State, at: Instant) -> None:
        """All of them."""
        for name, due in state.timers.as_dict().items():
            if due < at:
                self.broken(f"{name} was due at {due}, it is {at}")
            kind, _, key = name.partition(":")
            if not self.lives(kind, key, state):
                self.broken(f"{name} belongs to nothing living")

    def lives(self, kind: str, key: str, state: State) -> bool:
        """Whether what the deadline is about is still there; unknown kinds are about contacts."""
        match kind:
            case "offer":
                return OfferId(key) in state.offers
            case "party":
                return LegId(key) in state.legs
            case "announce" | "overflow" | "wanted" | "widen":
                return EntryId(key) in state.entries
            case "wrap":
                who, _, what = key.partition(" ")
                agent = state.agents.get(AgentId(who))
                return agent is not None and of(agent, ContactId(what)) is not None
            case "lost" | "rest" | "overstay" | "return":
                return AgentId(key) in state.agents
            case "hold" | "recall":
                held = state.contacts.get(ContactId(key))
                return held is not None and held.phase is Phase.HELD
            case "unstaffed":
                queue = QueueId(key)
                return bool(state.floor.lines.get(queue)) and not state.floor.staffed.get(queue)
            case "merge":
                return GroupId(key) in state.merged or len(state.entries) >= 0
            case "wraplimit":
                return QueueId(key) in state.wrap_limits
            case "callback":
                return ContactId(key) in state.planned
            case "monitor":
                return MonitorId(key) in state.monitors
            case "fax":
                return FaxId(key) in state.sendings
            case "dial":
                return DialId(key) in state.dialing.dials
            case "pace":
                return CampaignId(key) in state.dialing.campaigns
            case _:
                contact = state.contacts.get(ContactId(key))
                return contact is not None and contact.phase is not Phase.ENDED


class MemoryIsFlat(Law):
    """Nothing in memory grows with the contacts that are over; no callback is kept without one."""

    name = "memory is flat"

    SPARE = 60
    """Entries a table may have besides what the open contacts, agents and queues explain."""

    REMEMBERED: ClassVar[dict[str, int]] = {
        "closed": 2 * CLOSED_KEPT,
        "voicemails": MOST_VOICEMAILS,
        "faxes": MOST_FAXES,
    }
    """Tables that keep a number of the newest things."""

    def look(self, state: State, at: Instant) -> None:
        """Every table of the state, whatever it is called."""
        for kept in state.callbacks.values():
            if kept not in state.contacts and kept not in state.planned:
                self.broken(f"the callback {kept} is over and still kept:", state.callbacks)
        routing = state.routing
        configured = len(routing.queues) + len(routing.agents) + len(routing.flows)
        allowed = self.SPARE + 4 * (len(state.contacts) + len(state.agents) + configured)
        for name in fields_of(State):
            table = getattr(state, name)
            if isinstance(table, Timers):
                table = table.as_dict()
            if not isinstance(table, dict | list | set):
                continue
            limit = self.REMEMBERED.get(name, allowed)
            if len(table) > limit:
                self.broken(f"{name} has {len(table)} entries, {limit} can be explained")

"""More than two in a conversation: consulted, in conference, handed over; and who hears whom."""

import msgspec

from lianxi.engine.messages.base import Command, Event, Input
from lianxi.engine.messages.values import LegCause, Talk
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, LegId, QueueId, TrunkId
from lianxi.kernel.time import Instant, Millis


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Who is to be called: one of these."""

    agent: AgentId | None = None
    number: str = ""
    """A number outside."""
    queue: QueueId | None = None
    """Whoever of its free agents is rung first."""


# --- what agents ask for


class ConsultAsked(Input, frozen=True, kw_only=True, tag="consult_asked"):
    """The agent wants to speak with somebody while the customer hears music."""

    agent: AgentId
    contact: ContactId
    to: Target


class ConsultSwapAsked(Input, frozen=True, kw_only=True, tag="consult_swap_asked"):
    """The agent wants to speak with the other one of the two."""

    agent: AgentId
    contact: ContactId


class ConsultCompleted(Input, frozen=True, kw_only=True, tag="consult_completed"):
    """The agent hands the customer over to who was consulted."""

    agent: AgentId
    contact: ContactId
    reason: str = ""


class ConsultCancelled(Input, frozen=True, kw_only=True, tag="consult_cancelled"):
    """The agent goes back to the customer; who was consulted or rung is let go."""

    agent: AgentId
    contact: ContactId


class ConferenceAsked(Input, frozen=True, kw_only=True, tag="conference_asked"):
    """All of them together."""

    agent: AgentId
    contact: ContactId


class InviteAsked(Input, frozen=True, kw_only=True, tag="invite_asked"):
    """Somebody is to come into the conversation, without a word aside first."""

    agent: AgentId
    contact: ContactId
    to: Target


class PartyDropAsked(Input, frozen=True, kw_only=True, tag="party_drop_asked"):
    """One of the parties is to leave."""

    agent: AgentId
    contact: ContactId
    leg: LegId


class LeaveAsked(Input, frozen=True, kw_only=True, tag="leave_asked"):
    """The agent, or a colleague who is a party, leaves; the others go on."""

    agent: AgentId
    contact: ContactId


# --- facts


class PartyAsked(Event, frozen=True, kw_only=True, tag="contact.party_asked.v1"):
    """Somebody is called into a conversation, or to take it over."""

    contact: ContactId
    leg: LegId
    """To be made."""
    customer_leg: LegId
    by: AgentId | None
    """Who asked for it."""
    agent: AgentId | None
    """A colleague; None = a number outside."""
    endpoint: Endpoint
    """The colleague's device; empty for a number."""
    number: str
    caller: str
    """Of the customer: shown to a colleague."""
    caller_name: str
    expires_at: Instant
    shown: str = ""
    """To a party outside: by rule the number of ours that the customer called."""
    dialled: str = ""
    """The number as the trunk wants it."""
    trunk: TrunkId = TrunkId("")
    """The way out; empty = the switch's own business."""
    tried: tuple[TrunkId, ...] = ()
    """Trunks whose carriers did not take this call before."""


class PartyRang(Event, frozen=True, kw_only=True, tag="contact.party_rang.v1"):
    """The party's device rings."""

    contact: ContactId
    leg: LegId
    agent: AgentId | None


class PartyJoined(Event, frozen=True, kw_only=True, tag="contact.party_joined.v1"):
    """The party answered."""

    contact: ContactId
    leg: LegId
    agent: AgentId | None


class PartyLeft(Event, frozen=True, kw_only=True, tag="contact.party_left.v1"):
    """The party is out of it, or never came."""

    contact: ContactId
    leg: LegId
    agent: AgentId | None
    cause: LegCause


class TalkArranged(Event, frozen=True, kw_only=True, tag="contact.talk_arranged.v1"):
    """Who hears whom from now on."""

    contact: ContactId
    talk: Talk
    agent: AgentId | None
    """Whose conversation it is."""
    main: tuple[LegId, ...] = ()
    """Hear each other."""
    aside: tuple[LegId, ...] = ()
    """Hear each other, apart from those."""
    music: tuple[LegId, ...] = ()
    """Hear music."""


class ContactHandedOver(Event, frozen=True, kw_only=True, tag="contact.handed_over.v1"):
    """The conversation goes on without its agent, with somebody who is in it already."""

    contact: ContactId
    agent: AgentId
    """Whose it was."""
    agent_leg: LegId | None
    to_agent: AgentId | None
    """Whose it is; None = whoever stays is outside."""
    to_leg: LegId
    number: str
    reason: str
    hops: int


# --- commands


class CallParty(Command, frozen=True, kw_only=True, tag="call_party"):
    """Call a number outside. Answered = LegAnswered, refused or busy = LegEnded."""

    contact: ContactId
    customer_leg: LegId
    leg: LegId
    """To be made."""
    number: str
    """As the trunk wants it."""
    caller: str
    """The number shown."""
    ring: Millis
    trunk: TrunkId = TrunkId("")
    """The way out; empty = the switch's own business."""


class Arrange(Command, frozen=True, kw_only=True, tag="arrange"):
    """Who hears whom: brought about from whatever there is, as often as it is said."""

    contact: ContactId
    main: tuple[LegId, ...] = ()
    """In the contact's bridge."""
    aside: tuple[LegId, ...] = ()
    """In a second one; it ends when nobody is named."""
    music: tuple[LegId, ...] = ()
    """In no bridge."""


PartyInputs = (
    ConsultAsked | ConsultSwapAsked | ConsultCompleted | ConsultCancelled | ConferenceAsked
    | InviteAsked | PartyDropAsked | LeaveAsked
)  # fmt: skip
PartyEvents = PartyAsked | PartyRang | PartyJoined | PartyLeft | TalkArranged | ContactHandedOver
PartyCommands = CallParty | Arrange
PARTY_WISHES = (
    ConsultAsked, ConsultSwapAsked, ConsultCompleted, ConsultCancelled, ConferenceAsked,
    InviteAsked, PartyDropAsked, LeaveAsked,
)  # fmt: skip
"""What a person asks for: answered with a refusal when impossible."""

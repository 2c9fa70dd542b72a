"""Trunks: the ways into the centre and out of it. Configuration, what the switch says of them, and
what follows.

The password of a trunk is never here: it lies sealed in the database, and only the switch is told.
"""

from enum import StrEnum

import msgspec

from lianxi.engine.messages.base import Command, Event, Input
from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import AgentId, ContactId, LegId, TrunkId
from lianxi.kernel.time import Millis


class TrunkTransport(StrEnum):
    """How SIP travels."""

    UDP = "udp"
    TCP = "tcp"
    """Where messages are too long for a datagram, or a network drops those."""
    TLS = "tls"


class Trunk(msgspec.Struct, frozen=True, kw_only=True):
    """One carrier, gateway or PBX."""

    id: TrunkId
    name: str
    enabled: bool = True
    """Not enabled = the switch does not know it: no call comes in or goes out; calls in progress
    go on."""
    server: str = ""
    """`host` or `host:port` for calls out, for registering and for the health check; empty = calls
    only come in."""
    transport: TrunkTransport = TrunkTransport.UDP
    encrypted: bool = False
    """The voice travels as SRTP, with keys in the SIP message: only sensible over TLS."""
    registers: bool = False
    """Register at the server; calls come in there. Needs a user name and a password."""
    username: str = ""
    """For the carrier's password check; empty = it knows us by our address."""
    password_mark: str = ""
    """Changes when the password does. Set by the system."""
    contact_user: str = ""
    """The number under which a registering trunk's calls arrive; empty = the user name."""
    addresses: tuple[str, ...] = ()
    """Addresses and networks that may call in without a password; the server's own belongs here
    too, unless the trunk registers."""
    codecs: tuple[str, ...] = ("alaw", "ulaw")
    """In the order of preference."""
    t38: bool = False
    """Faxes may travel as such (T.38) instead of as sound. Both sides have to."""
    channels: int = 0
    """So many calls at once, in and out together; 0 = as many as come."""
    caller_numbers: tuple[str, ...] = ()
    """Patterns of numbers that the carrier lets us show; empty = any."""
    caller_number: str = ""
    """Shown when the wanted one is not allowed; empty = the first of the patterns that is a
    number."""
    check_every: Millis = Millis(30_000)
    """How often the server is asked with OPTIONS whether it is there; 0 = never."""
    silence: Millis = Millis(30_000)
    """A call without any voice for so long is ended: its peer is dead; 0 = never."""
    silence_on_hold: Millis = Millis(300_000)
    """The same of a call on hold."""
    session: Millis = Millis(1_800_000)
    """The peer confirms the call so often (RFC 4028), or it is ended; at least 90 s."""


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """Where calls out go, by the number. The first route that fits counts."""

    pattern: str
    """Digits as dialled; X = any digit, Z = 1-9, N = 2-9, a dot at the end = one digit or more."""
    trunks: tuple[TrunkId, ...]
    """The first one is used; the next when it is full, away or fails."""
    note: str = ""
    """What people call it."""
    strip: int = 0
    """So many digits are taken from the front."""
    prepend: str = ""
    """Put in front then."""


EMERGENCY_NUMBERS: dict[str, tuple[str, ...]] = {
    "CN": ("110", "112", "119", "120", "122", "12110", "12395"),
    "HK": ("112", "999"),
    "MO": ("110", "112", "999"),
    "TW": ("110", "112", "119"),
    "JP": ("110", "118", "119"),
    "SG": ("112", "995", "999"),
    "EU": ("112",),
    "GB": ("112", "999"),
    "US": ("911", "988"),
    "AU": ("000", "106", "112"),
}
"""By country; a centre's own list stands in its configuration."""


class BlockedWhy(StrEnum):
    """Why a call did not come about on our side."""

    NO_CHANNEL = "no_channel"
    """Every channel of the trunk, or of all trunks of the route, is taken."""
    NO_ROUTE = "no_route"
    """No route fits the number, or none of its trunks can call out."""


class TrunkSeen(Input, frozen=True, kw_only=True, tag="trunk_seen"):
    """The switch says how a trunk stands. Also said when nothing changed."""

    trunk: TrunkId
    is_up: bool
    why: str = ""
    """When it is not: `unreachable` (no answer to OPTIONS), `rejected` (the registration was
    refused), `unregistered` (no answer to it yet), `refused` (the switch does not take its
    settings)."""


class TrunkChanged(Event, frozen=True, kw_only=True, tag="trunk.changed.v1"):
    """A trunk can be used again, or cannot."""

    trunk: TrunkId
    is_up: bool
    why: str = ""


class ContactBlocked(Event, frozen=True, kw_only=True, tag="contact.blocked.v1"):
    """A call that did not come about for want of a channel or a way: counted, no contact."""

    contact: ContactId
    leg: LegId
    """The caller's, which is turned away; empty for a call out."""
    channel: Channel
    """VOICE = it came in, OUTBOUND = it was to go out."""
    trunk: TrunkId
    """Empty when no route led to one."""
    dialled: str
    caller: str
    why: BlockedWhy
    agent: AgentId | None = None
    """Who wanted to call out."""


class ArrangeTrunks(Command, frozen=True, kw_only=True, tag="arrange_trunks"):
    """These are the trunks now. Calls in progress go on, whatever became of theirs."""

    trunks: tuple[Trunk, ...]


class TurnAway(Command, frozen=True, kw_only=True, tag="turn_away"):
    """Refuse a caller who was not answered: the network hears that no channel is free."""

    contact: ContactId
    leg: LegId


TrunkInputs = TrunkSeen
TrunkEvents = TrunkChanged | ContactBlocked
TrunkCommands = ArrangeTrunks | TurnAway

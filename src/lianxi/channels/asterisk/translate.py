"""Asterisk's events as inputs. Pure: one event and the time in, what it says out.

What an event alone cannot tell is left to `reporting`: whether it was said before, whether anyone
waits for it.
"""

from lianxi.channels.asterisk.causes import cause_of, cause_outward
from lianxi.channels.asterisk.naming import (
    ALERT_PREFIX,
    CONTACT_VARIABLE,
    INBOUND,
    ROLE_VARIABLE,
    SNOOP_PREFIX,
    contact_in,
    contact_of,
    is_outward,
    recording_of,
)
from lianxi.channels.asterisk.trunk_objects import trunk_in
from lianxi.channels.asterisk.wire import BridgeView, ChannelView, PlaybackView, Said
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.holding import LegHoldTold
from lianxi.engine.messages.inputs import (
    ContactArrived,
    ContactGone,
    DigitPressed,
    LegAnswered,
    LegEnded,
    LegJoined,
    LegRinging,
    PlaybackEnded,
)
from lianxi.engine.messages.sighting import LegRole
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.ids import ContactId, LegId, PlaybackId
from lianxi.kernel.time import Instant

WITHHELD = frozenset({"", "anonymous", "unknown", "unavailable"})


def role_of(channel: ChannelView) -> LegRole | None:
    """Whose side a channel is; None for one that is not ours."""
    if channel.id.startswith(SNOOP_PREFIX):
        return LegRole.SNOOP  # made by the switch: it has no variables
    said = channel.channelvars.get(ROLE_VARIABLE, "")
    return LegRole(said) if said in set(LegRole) else None


def contact_for(channel: ChannelView) -> ContactId:
    """The contact a channel belongs to."""
    if role_of(channel) is LegRole.CUSTOMER:
        return contact_of(channel.id)
    return ContactId(channel.channelvars.get(CONTACT_VARIABLE, ""))


def is_inbound(said: Said) -> bool:
    """Whether this is a caller handed to us by the dialplan."""
    return said.type == "StasisStart" and said.args[:1] == (INBOUND,)


def is_stray(said: Said) -> bool:
    """Whether a channel came to us that is neither a caller nor one we made."""
    return (
        said.type == "StasisStart"
        and said.channel is not None
        and not is_inbound(said)
        and role_of(said.channel) is None
    )


def arrival(channel: ChannelView, dialled: str, at: Instant) -> ContactArrived:
    """A caller's channel as the input that tells of it."""
    number = channel.caller.number
    return ContactArrived(
        at=at,
        contact=contact_of(channel.id),
        leg=LegId(channel.id),
        dialled=dialled,
        caller="" if number.lower() in WITHHELD else number,
        recording=recording_of(LegId(channel.id)),
        trunk=trunk_in(channel.name),
    )


def translate(said: Said, at: Instant) -> list[Input]:
    """What an event tells the engine; nothing for most."""
    if said.channel is not None and said.type in ("ChannelEnteredBridge", "ChannelLeftBridge"):
        return _entered(said, at)
    if said.playback is not None:
        return _played(said.type, said.playback, at)
    if said.channel is None:
        return []
    if is_inbound(said):
        return [arrival(said.channel, said.args[1] if len(said.args) > 1 else "", at)]
    match role_of(said.channel):
        case LegRole.CUSTOMER:
            return _customer(said, said.channel, at)
        case LegRole.PARTY if said.type == "ChannelDestroyed" and said.channel.state != "Up":
            leg = LegId(said.channel.id)
            return [LegEnded(at=at, leg=leg, cause=outward_end(said, said.channel))]
        case LegRole.AGENT | LegRole.PARTY | LegRole.MONITOR:
            return _agent(said, said.channel, at)
        case _:
            return []


def _customer(said: Said, channel: ChannelView, at: Instant) -> list[Input]:
    contact, leg = contact_of(channel.id), LegId(channel.id)
    if is_outward(leg) and (said.type == "ChannelStateChange" or channel.state != "Up"):
        return _called(said, channel, leg, at)
    match said.type:
        case "ChannelDtmfReceived":
            return [DigitPressed(at=at, contact=contact, digit=said.digit)]
        case "StasisEnd":
            return [ContactGone(at=at, contact=contact)]
        case "ChannelDestroyed":
            cause = cause_of(cause=said.cause, state="Up")
            return [ContactGone(at=at, contact=contact, cause=cause)]
        case _:
            return []


def _called(said: Said, channel: ChannelView, leg: LegId, at: Instant) -> list[Input]:
    """Somebody whom we call, until the answer."""
    match said.type, channel.state:
        case "ChannelStateChange", "Ringing":
            return [LegRinging(at=at, leg=leg)]
        case "ChannelStateChange", "Up":
            return [LegAnswered(at=at, leg=leg)]
        case "ChannelDestroyed", _:
            return [LegEnded(at=at, leg=leg, cause=outward_end(said, channel))]
        case _:
            return []


def outward_end(said: Said, channel: ChannelView) -> LegCause:
    """Why a leg to a number outside came to nothing."""
    rang = channel.state == "Ringing"
    return cause_outward(said.cause, status=said.tech_cause, rang=rang)


def _agent(said: Said, channel: ChannelView, at: Instant) -> list[Input]:
    leg = LegId(channel.id)
    match said.type, channel.state:
        case "ChannelStateChange", "Ringing":
            return [LegRinging(at=at, leg=leg)]
        case "ChannelStateChange", "Up":
            return [LegAnswered(at=at, leg=leg)]
        case "ChannelHold" | "ChannelUnhold", _:
            return [LegHoldTold(at=at, leg=leg, held=said.type == "ChannelHold")]
        case "ChannelDestroyed", state:
            return [LegEnded(at=at, leg=leg, cause=cause_of(cause=said.cause, state=state))]
        case _:
            return []


def _entered(said: Said, at: Instant) -> list[Input]:
    """Both sides stand in the bridge: media flows."""
    if said.type == "ChannelLeftBridge" or said.bridge is None:
        return []
    contact = contact_in(said.bridge.id)
    if contact is None:
        return []
    return [LegJoined(at=at, contact=contact, leg=leg) for leg in agents_with(said.bridge, contact)]


def agents_with(bridge: BridgeView, contact: ContactId) -> list[LegId]:
    """The legs that stand in a bridge together with the contact's customer."""
    others = [LegId(leg) for leg in bridge.channels if contact_of(leg) != contact]
    return others if len(others) < len(bridge.channels) else []


def _played(kind: str, playback: PlaybackView, at: Instant) -> list[Input]:
    if kind != "PlaybackFinished" or playback.id.startswith(ALERT_PREFIX):
        return []
    return [
        PlaybackEnded(
            at=at,
            contact=contact_of(playback.target_uri.removeprefix("channel:")),
            playback=PlaybackId(playback.id),
            failed=playback.state == "failed",
        )
    ]


def lost(leg: LegId, role: LegRole, at: Instant) -> Input:
    """The input for a leg that ended while nobody listened."""
    if role is LegRole.CUSTOMER:
        return ContactGone(at=at, contact=contact_of(leg), cause=LegCause.GONE)
    return LegEnded(at=at, leg=leg, cause=LegCause.GONE)

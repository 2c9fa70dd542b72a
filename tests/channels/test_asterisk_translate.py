"""Asterisk's events become inputs: a recorded conversation, and the causes one by one."""

from pathlib import Path

import msgspec
import pytest

from lianxi.channels.asterisk.causes import cause_of
from lianxi.channels.asterisk.translate import is_stray, translate
from lianxi.channels.asterisk.wire import ChannelView, Said, read_said
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import ContactArrived
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.time import Instant

pytestmark = pytest.mark.unit

RECORDED = Path(__file__).parent / "recorded" / "conversation.jsonl"
AT = Instant(1)


def recorded() -> list[Said]:
    return [read_said(line) for line in RECORDED.read_text().splitlines()]


def told(events: list[Said]) -> list[Input]:
    return [given for said in events for given in translate(said, AT)]


def brief(given: Input) -> str:
    facts = msgspec.to_builtins(given)
    words = {n: v for n, v in facts.items() if n not in ("at", "type", "contact") and v}
    return " ".join([type(given).__name__, *(f"{n}={v}" for n, v in words.items())])


def test_a_recorded_conversation_is_told_in_order() -> None:
    assert [brief(given) for given in told(recorded())[:9]] == [
        "ContactArrived leg=1795299397.0 dialled=4001 caller=13800138000 channel=voice "
        "recording=1795299397.0.raw",
        "LegRinging leg=leg-1",
        "LegAnswered leg=leg-1",
        "LegJoined leg=leg-1",
        "PlaybackEnded playback=play-1",
        "DigitPressed digit=2",
        "LegEnded leg=leg-1 cause=normal",
        "LegRinging leg=leg-486",
        "LegEnded leg=leg-486 cause=busy",
    ]


def test_every_input_about_the_customer_names_the_same_contact() -> None:
    contacts = {getattr(given, "contact", None) for given in told(recorded())} - {None}
    assert contacts == {"c1795299397-0"}


@pytest.mark.parametrize(
    ("leg", "cause"),
    [
        ("leg-486", LegCause.BUSY),
        ("leg-603", LegCause.REJECTED),
        ("leg-480", LegCause.NO_ANSWER),
        ("leg-late", LegCause.NO_ANSWER),
        ("leg-302", LegCause.UNREACHABLE),
        ("leg-404", LegCause.UNREACHABLE),
        ("leg-503", LegCause.UNREACHABLE),
    ],
)
def test_a_refusal_by_sip_is_told_in_the_engines_words(leg: str, cause: LegCause) -> None:
    ends = [given for given in told(recorded()) if getattr(given, "leg", "") == leg]
    assert brief(ends[-1]) == f"LegEnded leg={leg} cause={cause}"


@pytest.mark.parametrize(
    ("cause", "state", "word"),
    [
        (0, "Ringing", LegCause.NORMAL),
        (16, "Up", LegCause.NORMAL),
        (32, "Ringing", LegCause.NORMAL),
        (19, "Down", LegCause.UNREACHABLE),
        (20, "Down", LegCause.UNREACHABLE),
        (27, "Down", LegCause.UNREACHABLE),
        (44, "Up", LegCause.FAILED),
    ],
)
def test_a_cause_counts_by_how_far_the_leg_came(cause: int, state: str, word: LegCause) -> None:
    assert cause_of(cause=cause, state=state) is word


def test_a_withheld_number_is_empty() -> None:
    first = recorded()[0]
    assert first.channel is not None
    hidden = msgspec.structs.replace(
        first.channel, caller=msgspec.structs.replace(first.channel.caller, number="Anonymous")
    )
    [arrived] = translate(msgspec.structs.replace(first, channel=hidden), AT)
    assert isinstance(arrived, ContactArrived)
    assert arrived.caller == ""


def test_a_channel_that_nobody_made_is_a_stray() -> None:
    channel = ChannelView(id="1.2", name="PJSIP/ag-8001-a-00000001")
    said = Said(type="StasisStart", args=("outbound", "9001"), channel=channel)
    assert is_stray(said)
    assert translate(said, AT) == []
    assert not any(is_stray(one) for one in recorded())


def test_keys_of_agents_tell_nothing() -> None:
    channel = ChannelView(id="leg-1", channelvars={"LX_ROLE": "agent", "LX_CONTACT": "c1"})
    assert translate(Said(type="ChannelDtmfReceived", channel=channel, digit="1"), AT) == []

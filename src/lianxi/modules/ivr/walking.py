"""Walking a caller through a draft (试走): the switchboard's own interpreter, and no call.

A fresh engine gets the configuration with the draft in it and nobody at work. What the switch would
say is said here: prompts end after their length, keys come half a second after the words. So the
same story always ends the same, and the whole of it is told anew with each further move.
"""

from collections.abc import Mapping

import msgspec

from lianxi.engine.core import Engine
from lianxi.engine.ivr.interpreter import node_now
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.fax import FaxReceived
from lianxi.engine.messages.flow import (
    AnnouncementNode,
    CollectNode,
    CustomerNode,
    FaxNode,
    Flow,
    HttpNode,
    IdentityNode,
    TransferNode,
    VoicemailNode,
)
from lianxi.engine.messages.flowing import (
    RequestAnswered,
    RequestFailed,
    TransferOutAnswered,
    TransferOutEnded,
    VoicemailRecorded,
)
from lianxi.engine.messages.inputs import (
    ContactArrived,
    DigitPressed,
    PlaybackEnded,
    RoutingPublished,
    Tick,
)
from lianxi.engine.messages.routing import NumberRule, Routing
from lianxi.engine.messages.values import Phase
from lianxi.kernel.ids import ContactId, FlowId, LegId, NodeId, PromptName
from lianxi.kernel.time import Instant, Millis, after
from lianxi.modules.ivr.contracts import Move, MoveKind, Rehearsal, Story
from lianxi.modules.ivr.telling import Telling

CALLER = ContactId("trial")
TRIAL_NUMBER = "trial"
"""Dialled when the story names no number; no telephone can dial it."""
PAUSE = Millis(500)
"""From the end of the words to a key, and from key to key."""
UNKNOWN_LENGTH = Millis(2_000)
"""Of a prompt that is not recorded yet."""
TALKED = Millis(5_000)
"""A message, a document or a conversation outside takes this long on trial."""
MOST_PLAYED = 500
"""Prompts of one story; a caller who only listens comes to an end long before."""

Lengths = Mapping[tuple[PromptName, str], int]
"""Milliseconds of prompts, by name and language."""


def rehearse(draft: Flow, story: Story, *, routing: Routing, lengths: Lengths) -> Rehearsal:
    """Tell a story from its beginning.

    Args:
        draft: a flow without broken ways; it stands in for the one in force.
        story: the caller and the moves.
        routing: the configuration, with opening hours laid out around `story.at`.
        lengths: of the prompts.

    Returns:
        What happened, and what is waited for next. A move that does not fit is counted in `unused`
        and changes nothing.
    """
    trial = Trial(draft, story, routing, lengths)
    unused = 0
    for move in story.moves:
        if not trial.make(move):
            unused += 1
    return trial.told(unused)


class Trial:
    """One caller in an engine of their own."""

    def __init__(self, draft: Flow, story: Story, routing: Routing, lengths: Lengths) -> None:
        self._now = story.at
        self._lengths = lengths
        self._telling = Telling(draft.id)
        self._engine = Engine()
        dialled = story.dialled or TRIAL_NUMBER
        self._engine.step(RoutingPublished(at=self._now, routing=_with(draft, dialled, routing)))
        self._say(
            ContactArrived(
                at=self._now,
                contact=CALLER,
                leg=LegId("trial-leg"),
                dialled=dialled,
                caller=story.caller,
            )
        )
        self._listen()

    def make(self, move: Move) -> bool:
        """Make a move; False when it does not fit what is waited for."""
        given = self._input(move)
        if given is None:
            return False
        if isinstance(given, DigitPressed):
            self._telling.tell(given.at, "key", node=self._node(), what=move.key)
        self._now = given.at
        self._say(given)
        if isinstance(given, TransferOutAnswered):
            self._now = after(self._now, TALKED)
            self._say(TransferOutEnded(at=self._now, contact=CALLER, request=given.request))
        self._listen()
        return True

    def told(self, unused: int) -> Rehearsal:
        """Everything so far."""
        asked, fields = self._asked()
        contact = self._engine.state.contacts.get(CALLER)
        walk = None if contact is None else contact.walk
        return Rehearsal(
            steps=tuple(self._telling.steps),
            waits_for=self._waits_for(),
            node=self._node(),
            asked=asked,
            fields=fields,
            values={} if walk is None else dict(walk.values),
            unused=unused,
        )

    def _say(self, given: Input) -> None:
        self._telling.hear(self._engine.step(given))

    def _listen(self) -> None:
        """The caller hears everything to its end; in a queue the flow is over."""
        for _ in range(MOST_PLAYED):
            contact = self._engine.state.contacts.get(CALLER)
            if contact is None or contact.phase is not Phase.FLOW or contact.playback is None:
                return
            playing = self._telling.playing
            language = contact.language or "zh"
            self._now = after(self._now, self._length(playing, language))
            self._say(PlaybackEnded(at=self._now, contact=CALLER, playback=contact.playback))

    def _length(self, prompts: tuple[PromptName, ...], language: str) -> Millis:
        known = (self._lengths.get((name, language), UNKNOWN_LENGTH) for name in prompts)
        return Millis(sum(known))

    def _is_over(self) -> bool:
        contact = self._engine.state.contacts.get(CALLER)
        return contact is None or contact.phase is not Phase.FLOW or contact.node is None

    def _waits_for(self) -> str:
        if self._is_over():
            return ""
        return "key" if self._silence_until() is not None else "answer"

    def _node(self) -> NodeId | None:
        return None if self._is_over() else self._engine.state.contacts[CALLER].node

    def _silence_until(self) -> Instant | None:
        return self._engine.state.timers.armed(f"input:{CALLER}")

    def _asked(self) -> tuple[str, tuple[str, ...]]:
        if self._waits_for() != "answer":
            return "", ()
        node = node_now(self._engine.state.contacts[CALLER], self._engine.state)
        match node:
            case HttpNode() | CustomerNode():
                return _tag(node), tuple(sorted(set(node.results.values())))
            case AnnouncementNode():
                return _tag(node), ("prompts",)
            case _:
                return _tag(node), ()

    def _input(self, move: Move) -> Input | None:
        waits_for = self._waits_for()
        if move.kind is MoveKind.KEY:
            fits = waits_for == "key" and len(move.key) == 1 and move.key in "0123456789*#"
            at = after(self._now, PAUSE)
            return DigitPressed(at=at, contact=CALLER, digit=move.key) if fits else None
        if move.kind is MoveKind.SILENCE:
            until = self._silence_until() if waits_for == "key" else None
            return None if until is None else Tick(at=until)
        if waits_for != "answer":
            return None
        return self._answer(move)

    def _answer(self, move: Move) -> Input | None:
        state = self._engine.state
        contact = state.contacts[CALLER]
        request = None if contact.walk is None else contact.walk.request
        if request is None:
            return None
        if move.kind is MoveKind.LATE:
            late = state.timers.armed(f"request:{CALLER}")
            return None if late is None else Tick(at=late)
        at = after(self._now, PAUSE)
        node = node_now(contact, state)
        can_be_unknown = isinstance(node, HttpNode | CustomerNode | IdentityNode)
        if move.kind is MoveKind.FAILURE or (
            move.kind is MoveKind.NOT_FOUND and not can_be_unknown
        ):
            return RequestFailed(at=at, contact=CALLER, request=request, cause="trial")
        match node:
            case VoicemailNode():
                spoken = after(self._now, TALKED)
                return VoicemailRecorded(
                    at=spoken, contact=CALLER, request=request, recording="trial", length=TALKED
                )
            case FaxNode():
                sent = after(self._now, TALKED)
                return FaxReceived(
                    at=sent,
                    contact=CALLER,
                    request=request,
                    document="trial",
                    pages=1,
                    is_whole=True,
                )
            case TransferNode():
                return TransferOutAnswered(at=at, contact=CALLER, request=request)
            case IdentityNode():
                verified: dict[str, Value] = {"verified": move.kind is MoveKind.ANSWER}
                return RequestAnswered(at=at, contact=CALLER, request=request, values=verified)
            case CollectNode():
                return None
            case _:
                return RequestAnswered(
                    at=at,
                    contact=CALLER,
                    request=request,
                    values=dict(move.values),
                    is_found=move.kind is MoveKind.ANSWER,
                )


def _tag(node: object) -> str:
    return str(msgspec.to_builtins(node)["type"])


def _with(draft: Flow, dialled: str, routing: Routing) -> Routing:
    """The configuration with the draft, and nobody who could be rung."""
    version = 1 + max((flow.version for flow in routing.flows), default=0)
    others = tuple(flow for flow in routing.flows if flow.id != FlowId(draft.id))
    rest = tuple(rule for rule in routing.numbers if rule.number != dialled)
    return msgspec.structs.replace(
        routing,
        agents=(),
        flows=(*others, msgspec.structs.replace(draft, version=version)),
        numbers=(*rest, NumberRule(number=dialled, flow=draft.id)),
    )

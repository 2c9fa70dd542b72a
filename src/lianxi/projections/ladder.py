"""What a contact went through, told from the journal: one rung per thing that happened.

Numbers are masked and notes left out here already: whoever may read a record may read its ladder.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lianxi.engine.messages import agent_events as a
from lianxi.engine.messages import events as e
from lianxi.engine.messages import holding as h
from lianxi.engine.messages import pausing as p
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.values import EntryOutcome, OfferOutcome, StepOutcome
from lianxi.kernel.ids import AgentId, QueueId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant, between
from lianxi.projections.ladder_calls import of_calls
from lianxi.projections.ladder_floor import of_floor
from lianxi.projections.ladder_flow import of_flow, queue_of, typed
from lianxi.projections.ladder_parties import of_parties
from lianxi.projections.ladder_recording import of_recording
from lianxi.projections.ladder_supervised import of_supervisors

Fact = str | int | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step. `kind` is a stable word, which the web desktop translates."""

    at: Instant
    kind: str
    facts: dict[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What ids are called, in Chinese and in English; an id without a name stands for itself."""

    queues: Mapping[QueueId, tuple[str, str]] = field(default_factory=dict)
    agents: Mapping[AgentId, str] = field(default_factory=dict)
    dispositions: Mapping[tuple[QueueId, str], tuple[str, str]] = field(default_factory=dict)

    def queue(self, queue: QueueId) -> dict[str, Fact]:
        """The facts `queue` and `queue_en`."""
        return _called("queue", self.queues.get(queue, (queue, "")))

    def disposition(self, queue: QueueId, code: str) -> dict[str, Fact]:
        """The facts `disposition` and `disposition_en`."""
        return _called("disposition", self.dispositions.get((queue, code), (code, "")))

    def agent(self, agent: AgentId) -> str:
        """The agent's number and name."""
        return self.agents.get(agent, agent)


def _called(fact: str, names: tuple[str, str]) -> dict[str, Fact]:
    name, name_en = names
    return {fact: name, f"{fact}_en": name_en} if name_en else {fact: name}


def ladder(events: Iterable[Event], names: Names) -> list[Rung]:
    """The rungs of one contact, in the order of its journal."""
    rungs: list[Rung] = []
    queue = QueueId("")
    for event in events:
        if isinstance(event, e.ContactQueued | e.ContactConnected | a.WrapUpBegan):
            queue = event.queue
        found = (
            _of_caller(event)
            or _of_queue(event, names)
            or _of_conversation(event, names)
            or _of_wrap_up(event, queue, names)
            or _of_flow(event, names)
            or _of_floor(event, names)
            or _of_recording(event, names)
        )
        if found is not None:
            rungs.append(found)
    return rungs


def _of_caller(event: Event) -> Rung | None:
    """Arrival, the flow, the end."""
    at = event.at
    match event:
        case e.ContactBegan():
            return Rung(
                at=at,
                kind="arrived",
                facts={"number": mask(event.caller), "dialled": event.dialled},
            )
        case e.FlowBegan():
            return Rung(at=at, kind="flow", facts={"flow": event.flow, "version": event.version})
        case e.StepEntered():
            return Rung(at=at, kind="step", facts={"node": event.node})
        case e.StepLeft(outcome=StepOutcome.CHOSEN):
            choice = _called("choice", (event.name, event.name_en))
            return Rung(at=at, kind="chose", facts={"digit": event.digit, **choice})
        case e.StepLeft(outcome=StepOutcome.DEFAULTED | StepOutcome.OPEN | StepOutcome.CLOSED):
            return Rung(at=at, kind=event.outcome.value, facts={"node": event.node})
        case e.InputRejected():
            kind = "wrong_key" if event.digit else "no_key"
            return Rung(at=at, kind=kind, facts={"digit": typed(event.digit), "tries": event.tries})
        case e.ContactEnded():
            return Rung(
                at=at,
                kind="ended",
                facts={
                    "by": event.by.value,
                    "cause": event.cause.value,
                    "flow_end": event.flow_end.value if event.flow_end else None,
                },
            )
        case e.FallbackCounted():
            return Rung(
                at=Instant(event.happened_at),
                kind="fallback",
                facts={"number": mask(event.caller), "dialled": event.dialled},
            )
        case e.RecordingFailed():
            return Rung(at=at, kind="recording_failed", facts={"cause": event.code})
        case _:
            return None


def _of_flow(event: Event, names: Names) -> Rung | None:
    """What else flows do."""
    if (left := queue_of(event)) is not None:
        (kind, facts), queue = left
        return Rung(at=event.at, kind=kind, facts={**names.queue(queue), **facts})
    if (told := of_flow(event)) is not None:
        kind, facts = told
        return Rung(at=event.at, kind=kind, facts=facts)
    return None


def _of_recording(event: Event, names: Names) -> Rung | None:
    """Whether it is kept, and how well it was heard."""
    if (told := of_recording(event)) is None:
        return None
    (kind, facts), agent = told
    return Rung(
        at=event.at,
        kind=kind,
        facts={**facts, "agent": None if agent is None else names.agent(agent)},
    )


def _of_floor(event: Event, names: Names) -> Rung | None:
    """What rules and supervisors do, and agents who hand on."""
    told = of_floor(event) or of_supervisors(event) or of_calls(event) or of_parties(event)
    if told is None:
        return None
    facts = dict(told.facts)
    for fact, agent in (("agent", told.agent), ("to_agent", told.to_agent)):
        if agent is not None:
            facts[fact] = names.agent(agent)
    return Rung(
        at=event.at,
        kind=told.kind,
        facts=facts if told.queue is None else {**facts, **names.queue(told.queue)},
    )


def _of_queue(event: Event, names: Names) -> Rung | None:
    """Waiting and offers."""
    at = event.at
    match event:
        case e.ContactQueued():
            kind = "back_in_line" if event.recovered else "queued"
            return Rung(at=at, kind=kind, facts=names.queue(event.queue))
        case e.PositionAnnounced(said=True):
            return Rung(
                at=at,
                kind="announced",
                facts={"position": event.position, "wait_minutes": event.wait_minutes},
            )
        case e.OfferMade():
            return Rung(at=at, kind="offered", facts={"agent": names.agent(event.agent)})
        case e.OfferRang():
            return Rung(at=at, kind="rang", facts={"agent": names.agent(event.agent)})
        case e.OfferAccepted():
            return Rung(at=at, kind="picked_up", facts={"agent": names.agent(event.agent)})
        case e.OfferEnded() if event.outcome is not OfferOutcome.ANSWERED:
            return Rung(
                at=at,
                kind=f"offer_{event.outcome.value}",
                facts={"agent": names.agent(event.agent)},
            )
        case e.EntryEnded() if event.outcome is not EntryOutcome.ANSWERED:
            return Rung(
                at=at,
                kind=f"entry_{event.outcome.value}",
                facts={
                    **names.queue(event.queue),
                    "waited_ms": event.waited,
                    "ringing": event.ringing,
                },
            )
        case _:
            return None


def _of_conversation(event: Event, names: Names) -> Rung | None:
    """Agent and customer together."""
    at = event.at
    match event:
        case e.ContactConnected():
            return Rung(
                at=at,
                kind="answered",
                facts={"agent": names.agent(event.agent), "waited_ms": event.waited},
            )
        case h.ContactHeld():
            kind = "held_at_device" if event.by_device else "held"
            return Rung(at=at, kind=kind, facts={"agent": names.agent(event.agent)})
        case p.RecordingPaused():
            is_field = event.cause is p.PauseCause.PAYMENT_FIELD
            return Rung(
                at=at,
                kind="recording_paused_for_payment" if is_field else "recording_paused",
                facts={
                    "agent": names.agent(event.agent),
                    "limit_ms": between(at, event.until),
                },
            )
        case p.RecordingResumed():
            by = None if event.agent is None else names.agent(event.agent)
            return Rung(at=at, kind="recording_resumed", facts={"agent": by})
        case h.HoldAlarmed():
            return Rung(
                at=at,
                kind="hold_alarmed",
                facts={"agent": names.agent(event.agent), "held_ms": event.held},
            )
        case h.ContactResumed(recalled=True):
            return Rung(at=at, kind="recalled", facts={"agent": names.agent(event.agent)})
        case h.ContactResumed():
            return Rung(at=at, kind="resumed", facts={"agent": names.agent(event.agent)})
        case e.AgentLegLost():
            return Rung(
                at=at,
                kind="agent_leg_lost",
                facts={
                    "agent": names.agent(event.agent),
                    "kept_ms": between(at, event.until),
                },
            )
        case e.AgentLegRestored():
            return Rung(at=at, kind="agent_leg_restored", facts={"agent": names.agent(event.agent)})
        case _:
            return None


def _of_wrap_up(event: Event, queue: QueueId, names: Names) -> Rung | None:
    """After-call work."""
    at = event.at
    match event:
        case a.WrapUpBegan():
            limit = None if event.until is None else between(at, event.until)
            return Rung(
                at=at,
                kind="wrap_up_began",
                facts={"agent": names.agent(event.agent), "limit_ms": limit},
            )
        case a.WrapUpLengthened():
            return Rung(
                at=at,
                kind="wrap_up_extended",
                facts={
                    "agent": names.agent(event.agent),
                    "left_ms": between(at, event.until),
                },
            )
        case a.WrapUpEnded():
            return Rung(
                at=at,
                kind="wrapped_up",
                facts={
                    "agent": names.agent(event.agent),
                    **names.disposition(queue, event.disposition),
                    "how": event.how.value,
                },
            )
        case _:
            return None

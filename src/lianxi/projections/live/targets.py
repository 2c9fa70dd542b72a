"""Whom an agent may call, ask for a word or hand a contact on to, and what speaks against each."""

from collections.abc import Iterator
from typing import Final, Literal

from typing_extensions import TypedDict  # pydantic needs this one below Python 3.12

from lianxi.engine.acd.pacing import wait_on_entering
from lianxi.engine.asked import refusal
from lianxi.engine.messages.agent_inputs import TransferAsked
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.calling import CallAsked, ColleagueCallAsked
from lianxi.engine.messages.parties import ConsultAsked, InviteAsked, Target
from lianxi.engine.messages.routing import AgentSetup, Destination, Queue
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, ContactId
from lianxi.kernel.pinyin import sounds
from lianxi.kernel.time import Instant
from lianxi.projections.live.boards import waiting_lines
from lianxi.projections.live.centre import Centre
from lianxi.projections.live.names import agent_name
from lianxi.projections.live.rows import QueueName
from lianxi.projections.presence import ShownState

MOST: Final = 50
"""Rows of one answer; who looks for more types another letter."""

FREE_FIRST: Final = {ShownState.READY: 0, ShownState.NOT_READY: 1, ShownState.SIGNED_OUT: 3}

SHORTEST_OUTSIDE: Final = 5
"""Digits of a number outside: shorter ones are the centre's own, or not typed to their end."""

SPACING: Final = str.maketrans("", "", " -().")
"""How people write numbers."""


class TargetRow(TypedDict):
    """A queue, a colleague or a number outside, as it stands now."""

    kind: Literal["queue", "agent", "number"]
    id: str
    """Of a number: the number as it is typed."""
    name: str
    name_en: str
    no: str
    """Of an agent."""
    team: str
    state: str | None
    """Of an agent, as boards show it."""
    since: int | None
    ready: int | None
    """Of a queue: agents who are free."""
    waiting: int | None
    wait_ms: int | None
    """Of a queue: how long who enters it now will wait; null = nobody can say."""
    why_not: dict[str, str]
    """By `transfer`, `consult`, `invite` and `call`: the code of what speaks against it; what is
    left out can be done."""


def target_rows(centre: Centre, asker: AgentSetup, sought: str, at: Instant) -> list[TargetRow]:
    """Those whose name, number, team or pinyin hold what is sought, the likeliest first.

    Args:
        centre: the replica.
        asker: who looks; left out of the answer.
        sought: what was typed; empty = everybody.
        at: now.
    """
    words = sought.strip().lower()
    agent = centre.state.agents.get(asker.id)
    contact = agent.contact if agent is not None else None
    rows = [
        *_number_rows(words, asker.id, contact, centre.state, at),
        *_queue_rows(words, asker.id, contact, centre, at),
        *_agent_rows(words, asker, contact, centre, at),
    ]
    return rows[:MOST]


def _is_found(words: str, *texts: str) -> bool:
    return any(words in text.lower() or words in sounds(text) for text in texts)


def _number_rows(
    words: str, who: AgentId, contact: ContactId | None, state: State, at: Instant
) -> Iterator[TargetRow]:
    number = words.translate(SPACING)
    routing = state.routing
    if not number.lstrip("+").isdigit() or any(agent.no == number for agent in routing.agents):
        return
    rule = next((each for each in routing.numbers if each.number == number), None)
    if rule is None and len(number) < SHORTEST_OUTSIDE and number not in routing.emergency:
        return
    target, to, outside = Target(number=number), Destination(), number
    if rule is not None:
        to, outside = Destination(flow=rule.flow, queue=rule.queue), ""
        target = target if rule.queue is None else Target(queue=rule.queue)
    asked = _asked(who, contact, target, to, outside, at)
    asked["call"] = CallAsked(at=at, agent=who, number=number, queue=None)
    yield TargetRow(
        kind="number", id=number, name=number, name_en=number, no="", team="", state=None,
        since=None, ready=None, waiting=None, wait_ms=None, why_not=_against(asked, state),
    )  # fmt: skip


def _queue_rows(
    words: str, who: AgentId, contact: ContactId | None, centre: Centre, at: Instant
) -> Iterator[TargetRow]:
    state = centre.state
    lines = waiting_lines(state)
    for queue in state.routing.queues:
        if not _is_found(words, queue.name, queue.name_en, queue.id):
            continue
        wait = wait_on_entering(queue.id, state, at)
        asked = _asked(who, contact, Target(queue=queue.id), Destination(queue=queue.id), "", at)
        yield TargetRow(
            kind="queue",
            **_named(queue),
            no="",
            team="",
            state=None,
            since=None,
            ready=state.floor.free_in(queue.id),
            waiting=lines.get(queue.id, (0, None))[0],
            wait_ms=None if wait is None else round(wait),
            why_not={**_against(asked, state), "call": "queue_not_called"},
        )


def _named(queue: Queue) -> QueueName:
    return QueueName(id=queue.id, name=queue.name, name_en=queue.name_en)


def _agent_rows(
    words: str, asker: AgentSetup, contact: ContactId | None, centre: Centre, at: Instant
) -> list[TargetRow]:
    found: list[tuple[tuple[bool, int, str], AgentSetup]] = []
    for setup in centre.state.routing.agents:
        team = centre.team_names.get(setup.team, "")
        if setup.id != asker.id and _is_found(words, setup.name, setup.no, team):
            rank = FREE_FIRST.get(centre.shown(setup.id).state, 2)
            found.append(((setup.no != words, rank, setup.no), setup))
    found.sort(key=lambda each: each[0])
    return [_agent_row(setup, asker.id, contact, centre, at) for _, setup in found[:MOST]]


def _agent_row(
    setup: AgentSetup, who: AgentId, contact: ContactId | None, centre: Centre, at: Instant
) -> TargetRow:
    shown = centre.shown(setup.id)
    name = agent_name(setup, centre)
    asked = _asked(who, contact, Target(agent=setup.id), Destination(agent=setup.id), "", at)
    asked["call"] = ColleagueCallAsked(at=at, agent=who, to=setup.id)
    against = _against(asked, centre.state)
    if shown.state is not ShownState.READY:
        # It would be done, and the customer would wait for somebody who takes no calls.
        against.setdefault("transfer", "agent_not_ready")
    return TargetRow(
        kind="agent", id=setup.id, name=setup.name, name_en=setup.name, no=setup.no,
        team=name["team"], state=shown.state.value, since=shown.since, ready=None, waiting=None,
        wait_ms=None, why_not=against,
    )  # fmt: skip


def _asked(
    who: AgentId,
    contact: ContactId | None,
    target: Target,
    to: Destination,
    number: str,
    at: Instant,
) -> dict[str, Input]:
    """What would be asked for, by its way."""
    own = contact or ContactId("")
    return {
        "transfer": TransferAsked(at=at, agent=who, contact=own, to=to, number=number, reason=""),
        "consult": ConsultAsked(at=at, agent=who, contact=own, to=target),
        "invite": InviteAsked(at=at, agent=who, contact=own, to=target),
    }


def _against(asked: dict[str, Input], state: State) -> dict[str, str]:
    said = {way: refusal(given, state) for way, given in asked.items()}
    return {way: code for way, code in said.items() if code is not None}

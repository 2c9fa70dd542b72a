"""合大组: when it is busy, the agents of several queues serve all of them, and go back after."""

from collections.abc import Iterator

from lianxi.engine.acd import seating, staffing
from lianxi.engine.deciding import deadline, decides
from lianxi.engine.evolving import changes
from lianxi.engine.living import Merged
from lianxi.engine.messages.agent_inputs import MergeAsked
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.floor_events import QueuesLooked, QueuesMerged, QueuesUnmerged
from lianxi.engine.messages.routing import MergeRule
from lianxi.engine.state import State
from lianxi.kernel.ids import GroupId, QueueId
from lianxi.kernel.time import Instant, after, between


def watch(queue: QueueId, at: Instant, state: State) -> None:
    """Somebody entered a queue: the groups it belongs to are looked at from now on."""
    for group in state.floor.groups.get(queue, ()):
        if state.timers.armed(f"merge:{group.id}") is None:
            state.timers.set(f"merge:{group.id}", after(at, group.look_every))


def rule_of(group: GroupId, state: State) -> MergeRule | None:
    """The group as configured."""
    return next((rule for rule in state.routing.merges if rule.id == group), None)


@deadline("merge")
def look(key: str, state: State, at: Instant) -> Iterator[Event]:
    """Merge, take apart, or look again later."""
    group = GroupId(key)
    rule = rule_of(group, state)
    merged = state.merged.get(group)
    if rule is None:
        yield from _apart(group, "configuration", state, at)
        yield QueuesLooked(at=at, group=group, look_at=None)
        return
    why = _busy(rule, state, at)
    look_at = after(at, rule.look_every)
    if merged is None and why:
        yield QueuesMerged(at=at, group=group, queues=rule.queues, why=why, look_at=look_at)
    elif merged is None:
        waits = any(state.floor.length(queue) for queue in rule.queues)
        yield QueuesLooked(at=at, group=group, look_at=look_at if waits else None)
    elif why:
        yield QueuesLooked(at=at, group=group, look_at=look_at)
    else:
        calm_since = merged.calm_since if merged.calm_since is not None else at
        if between(calm_since, at) >= rule.calm_for and not merged.is_by_hand:
            yield from _apart(group, "calm", state, at)
        yield QueuesLooked(at=at, group=group, look_at=look_at, calm_since=calm_since)


def _busy(rule: MergeRule, state: State, at: Instant) -> str:
    """Why the member queues are to be merged, "" when they need not be. Looks at the first of each
    line: who stands further back has waited at most what its priority is worth for longer."""
    for queue in rule.queues:
        line = state.floor.lines.get(queue)
        if not line:
            continue
        if rule.length and len(line) >= rule.length:
            return "length"
        waited = between(state.entries[line[0][3]].entered_at, at)
        if rule.longest_wait and waited >= rule.longest_wait:
            return "wait"
    return ""


@decides(MergeAsked)
def asked(given: MergeAsked, state: State) -> Iterator[Event]:
    """A supervisor decides; what was merged by hand is taken apart by hand."""
    rule = rule_of(given.group, state)
    if not given.merged:
        yield from _apart(given.group, given.by, state, given.at)
    elif rule is not None and given.group not in state.merged:
        yield QueuesMerged(
            at=given.at, group=given.group, queues=rule.queues, why=given.by, look_at=None,
            is_by_hand=True,
        )  # fmt: skip


def _apart(group: GroupId, why: str, state: State, at: Instant) -> Iterator[Event]:
    merged = state.merged.get(group)
    if merged is not None:
        yield QueuesUnmerged(at=at, group=group, queues=merged.queues, why=why)


@changes(QueuesMerged)
def _(event: QueuesMerged, state: State) -> None:
    state.merged[event.group] = Merged(
        queues=event.queues, by=event.why, is_by_hand=event.is_by_hand
    )
    _set(event.group, event.look_at, state)
    seating.rebuild(state)
    staffing.watch_all(event.at, state)


@changes(QueuesUnmerged)
def _(event: QueuesUnmerged, state: State) -> None:
    state.merged.pop(event.group, None)
    state.timers.clear(f"merge:{event.group}")
    seating.rebuild(state)
    staffing.watch_all(event.at, state)


@changes(QueuesLooked)
def _(event: QueuesLooked, state: State) -> None:
    merged = state.merged.get(event.group)
    if merged is not None:
        merged.calm_since = event.calm_since
    _set(event.group, event.look_at, state)


def _set(group: GroupId, look_at: Instant | None, state: State) -> None:
    if look_at is not None:
        state.timers.set(f"merge:{group}", look_at)
    else:
        state.timers.clear(f"merge:{group}")

"""What must hold within one queue's rule, and within what an agent may have in hand."""

from collections.abc import Iterator
from itertools import pairwise

from lianxi.engine.messages.routing import Capacity, Disposition, OverflowRule, Queue, Stage
from lianxi.engine.messages.values import LINE_OF, Channel, OverflowWhen, WrapUpMode
from lianxi.modules.routing.contracts import RoutingFlaw, RoutingProblem
from lianxi.modules.routing.limits import HOUR, SECOND

TIMED = {WrapUpMode.LIMITED, WrapUpMode.FIXED}
"""Wrap-up modes with a limit."""

TIMED_OUT = "TIMEOUT"
"""The wrap-up code that is written when the time was over."""

MOST_CODES = 15
LONGEST_CODE_NAME = 30
"""More is not found at a glance while the clock of after-call work runs."""

MOST = {OverflowWhen.SERVICE_LEVEL: 100, OverflowWhen.LENGTH: 100_000}
"""The largest threshold, where it is no time."""


def of_queue(queue: Queue) -> Iterator[RoutingProblem]:
    """What is wrong within one queue, beyond the limits of single numbers."""
    where = f"queue:{queue.id}"
    limit = queue.wrap_up.limit
    if queue.wrap_up.mode in TIMED and limit < SECOND:
        yield RoutingProblem(
            where=where, field="wrap_up.limit", flaw=RoutingFlaw.NOT_BETWEEN, given=str(limit),
            lowest=SECOND, highest=HOUR,
        )  # fmt: skip
    if queue.share <= 0:
        yield RoutingProblem(
            where=where, field="share", flaw=RoutingFlaw.NOT_BETWEEN, given=str(queue.share),
            lowest=0, highest=1_000,
        )  # fmt: skip
    yield from of_codes(queue.dispositions, where)
    yield from _of_stages(queue.stages, where, "stages")
    yield from _of_overflow(queue, queue.overflow, where, "overflow")
    for index, override in enumerate(queue.overrides):
        path = f"overrides[{index}]"
        yield from _of_stages(override.stages or (), where, f"{path}.stages")
        yield from _of_overflow(queue, override.overflow or (), where, f"{path}.overflow")
        if override.priority is not None and not -1_000 <= override.priority <= 1_000:
            yield RoutingProblem(
                where=where, field=f"{path}.priority", flaw=RoutingFlaw.NOT_BETWEEN,
                given=str(override.priority), lowest=-1_000, highest=1_000,
            )  # fmt: skip


def of_codes(codes: tuple[Disposition, ...], where: str) -> Iterator[RoutingProblem]:
    """What is wrong with a queue's wrap-up codes."""
    if len(codes) > MOST_CODES:
        yield RoutingProblem(
            where=where, field="dispositions", flaw=RoutingFlaw.TOO_MANY, given=str(len(codes)),
            highest=MOST_CODES,
        )  # fmt: skip
    seen: set[str] = set()
    for index, disposition in enumerate(codes):
        path, code = f"dispositions[{index}].code", disposition.code
        if code == TIMED_OUT:
            yield RoutingProblem(where=where, field=path, flaw=RoutingFlaw.RESERVED, given=code)
        if code in seen:
            yield RoutingProblem(where=where, field=path, flaw=RoutingFlaw.DUPLICATE, given=code)
        seen.add(code)
        for field in ("name", "name_en"):
            name = getattr(disposition, field)
            if len(name) > LONGEST_CODE_NAME:
                yield RoutingProblem(
                    where=where, field=f"dispositions[{index}].{field}", flaw=RoutingFlaw.TOO_LONG,
                    given=name[:LONGEST_CODE_NAME] + "…", highest=LONGEST_CODE_NAME,
                )  # fmt: skip


def _of_stages(stages: tuple[Stage, ...], where: str, path: str) -> Iterator[RoutingProblem]:
    if not stages:
        return
    rises = all(
        one.after < next_one.after and one.level > next_one.level
        for one, next_one in pairwise(stages)
    )
    if stages[0].after != 0 or not rises:
        yield RoutingProblem(where=where, field=path, flaw=RoutingFlaw.BAD_STAGES)


def _of_overflow(
    queue: Queue, rules: tuple[OverflowRule, ...], where: str, path: str
) -> Iterator[RoutingProblem]:
    for index, rule in enumerate(rules):
        highest = MOST.get(rule.when)
        if highest is not None and rule.threshold > highest:
            yield RoutingProblem(
                where=where, field=f"{path}[{index}].threshold", flaw=RoutingFlaw.NOT_BETWEEN,
                given=str(rule.threshold), lowest=0, highest=highest,
            )  # fmt: skip
        to = rule.to
        if to.queue == queue.id:
            yield RoutingProblem(
                where=where, field=f"{path}[{index}].to.queue", flaw=RoutingFlaw.TO_ITSELF,
                given=queue.id,
            )  # fmt: skip
        if not (to.queue or to.agent or to.flow or to.callback or to.prompts):
            yield RoutingProblem(where=where, field=f"{path}[{index}].to", flaw=RoutingFlaw.MISSING)


def of_capacity(capacity: Capacity, where: str) -> Iterator[RoutingProblem]:
    """What is wrong with what an agent may have in hand."""
    if not any(capacity.combinations):
        yield RoutingProblem(where=where, field="capacity.combinations", flaw=RoutingFlaw.MISSING)
    for index, combination in enumerate(capacity.combinations):
        for place, load in enumerate(combination):
            path = f"capacity.combinations[{index}][{place}]"
            is_call = LINE_OF[load.channel] is Channel.VOICE
            if is_call and (load.channel is not Channel.VOICE or load.most != 1):
                yield RoutingProblem(
                    where=where, field=path, flaw=RoutingFlaw.TWO_CALLS,
                    given=f"{load.channel.value} {load.most}",
                )  # fmt: skip
            elif not 1 <= load.most <= 100:
                yield RoutingProblem(
                    where=where, field=f"{path}.most", flaw=RoutingFlaw.NOT_BETWEEN,
                    given=str(load.most), lowest=1, highest=100,
                )  # fmt: skip

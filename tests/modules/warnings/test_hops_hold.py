"""Whatever happens in whatever order: every hop has an owner, and the hops are the whole time."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import CaseId, UserId, WarningId
from lianxi.kernel.time import Instant
from lianxi.modules.warnings import hops, rules
from lianxi.modules.warnings.chain import WARNING
from lianxi.modules.warnings.contracts import ComplaintWarning, WarningState
from lianxi.office.flow.contracts import Happened

pytestmark = pytest.mark.unit

EVENTS = sorted({step.event for step in WARNING.steps})
ACTS = st.lists(st.tuples(st.integers(0, len(EVENTS) - 1), st.integers(0, 5_000_000)), max_size=30)


def _begun() -> ComplaintWarning:
    bare = ComplaintWarning(
        id=WarningId("ew-1"),
        number="YJ-1",
        case=CaseId("wo-1"),
        case_number="GD-1",
        store="",
        state=WarningState.CLASSIFIED,
        classified_at=Instant(1_000),
        classified_by=UserId("agent"),
    )
    return rules.opened(bare, Instant(1_000))


@given(ACTS)
def test_every_hop_has_an_owner_and_the_hops_are_the_whole(acts: list[tuple[int, int]]) -> None:
    warning, now = _begun(), 1_000
    for number, passed in acts:
        now += passed
        allowed = WARNING.allowed(warning.state)
        if not allowed:
            break
        warning = _after(warning, allowed[number % len(allowed)], Instant(now))
        end = warning.closed_at if warning.closed_at is not None else now
        report = hops.report(warning, (), Instant(now))
        assert report.whole == end - 1_000
        assert all(line.owner.startswith("post:") for line in report.lines)
        pairs = zip(warning.hops, warning.hops[1:], strict=False)
        assert all(one.until == other.since for one, other in pairs)
        open_hops = [hop for hop in warning.hops if hop.until is None]
        assert len(open_hops) == (0 if warning.state is WarningState.CLOSED else 1)


def _after(warning: ComplaintWarning, event: str, at: Instant) -> ComplaintWarning:
    step = WARNING.step(warning.state, event)
    assert step is not None
    assert step.change is not None
    happened = Happened(event=event, by=UserId("u"), at=at, reason="说明")
    try:
        for guard in step.guards:
            guard(warning, happened)
    except Rejection:
        return warning
    facts: dict[str, Any] = {} if step.to is None else {"state": WarningState(step.to)}
    return replace(step.change(warning, happened), **facts)

"""Listening ends with the right to it; its end is in the audit also when nobody was there."""

import json
from contextlib import AsyncExitStack

import pytest

from lianxi.api import monitor_audit
from lianxi.api.monitor_rights import MonitorRights
from lianxi.engine.messages.monitoring import MonitorEnd, MonitorEnded
from lianxi.engine.messages.values import LegCause
from lianxi.journal.codec import encoded, stream_of, wire_name
from lianxi.journal.models import JournalRow
from lianxi.kernel.ids import AgentId, ContactId, LegId, MonitorId
from lianxi.kernel.time import Instant, Millis
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from tests.api.test_monitoring import acts, lead, picks_up, state, talks
from tests.builders.web_centre import WebCentre

pytestmark = pytest.mark.db


@pytest.mark.parametrize(
    ("change", "is_over"),
    [
        ({"role": "agent"}, True),
        ({"team": "team-2"}, True),
        ({"disabled": True}, True),
        ({"name": "赵主管"}, False),
    ],
)
async def test_who_loses_the_right_is_out(
    centre: WebCentre, change: dict[str, object], is_over: bool
) -> None:
    async with AsyncExitStack() as stack:
        await talks(centre, stack, "8001")
        boss = await lead(centre, stack)
        assert (await boss.post("/monitors", {"agent": "8001"})).status_code == 201
        await picks_up(centre)
        rights = MonitorRights(centre.hub, centre.database.sessions, centre.inbox, centre.now)
        await rights.look()
        assert state(centre).monitors
        # When somebody changes what the lead may do
        admin = await stack.enter_async_context(centre.browser("admin"))
        people = (await admin.get("/users")).json()
        (who,) = [one["id"] for one in people if one["username"] == "zhao"]
        assert (await admin.client.patch(f"/api/users/{who}", json=change)).status_code == 200
        # Then at the next look the listening is over
        await rights.look()
        assert (not state(centre).monitors) is is_over


def an_end(number: int, at: int) -> MonitorEnded:
    return MonitorEnded(
        at=Instant(at),
        monitor=MonitorId(f"m{number}"),
        by=AgentId("7001"),
        leg=LegId(f"leg-m{number}"),
        contact=ContactId("c1"),
        agent=AgentId("8001"),
        why=MonitorEnd.OVER,
        cause=LegCause.NORMAL,
        lasted=Millis(1_000),
    )


async def test_ends_that_nobody_wrote_down_are_made_up_for(centre: WebCentre) -> None:
    sessions, now = centre.database.sessions, centre.now()
    ended = [an_end(number, now + number) for number in range(1, 5)]
    # Given a listening that is in the audit, its end written, and later ends in the journal only
    async with sessions.begin() as session:
        await audit.record(
            session, at=now, who=None, act=Act.MONITOR_BEGAN, object="agent:8001", who_name="7001"
        )
        for position, event in enumerate(ended, start=1):
            session.add(
                JournalRow(
                    position=position,
                    at=event.at,
                    stream=stream_of(event),
                    type=wire_name(event),
                    payload=json_of(event),
                    cause=None,
                )
            )
    await monitor_audit.react(sessions, ended[:1])
    # When the process is back, which follows the journal from its third line on
    await monitor_audit.catch_up(sessions, until=3)
    await monitor_audit.catch_up(sessions, until=3)
    assert sorted(await acts(centre, Act.MONITOR_ENDED)) == [
        "monitor:m1",
        "monitor:m2",
        "monitor:m3",
    ]
    # Then what it hears from there on is written as ever, once
    await monitor_audit.react(sessions, ended)
    assert len(await acts(centre, Act.MONITOR_ENDED)) == 4


def json_of(event: MonitorEnded) -> dict[str, object]:
    found: dict[str, object] = json.loads(encoded(event))
    return found

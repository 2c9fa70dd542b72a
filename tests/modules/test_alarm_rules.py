"""Alarm rules: what holds, who may set it, and that nothing of a colleague's is lost."""

import pytest

from lianxi.kernel.ids import QueueId
from lianxi.modules.alarms import rules
from lianxi.modules.alarms.contracts import AlarmKind, AlarmRule, AlarmWay
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

LONG_WAIT = {
    "kind": "long_wait", "queue": "service", "is_on": True, "limit": 45_000,
    "ways": ["bell", "banner"], "roles": ["team_lead"], "teams": [],
    "quiet": [{"since": "22:00", "until": "07:00"}],
}  # fmt: skip


async def put(
    browser: Browser, rule: dict[str, object], match: str
) -> tuple[int, dict[str, object]]:
    answer = await browser.client.put(
        "/api/alarm-rules", json={"rules": [rule], "note": "旺季"},
        headers={"If-Match": match},
    )  # fmt: skip
    return answer.status_code, answer.json()


def test_a_queues_own_rule_goes_before_the_centres() -> None:
    own = AlarmRule(kind=AlarmKind.LONG_WAIT, queue=QueueId("service"), limit=45_000)
    assert rules.rule_of([own], AlarmKind.LONG_WAIT, QueueId("service")) is own
    assert rules.rule_of([own], AlarmKind.LONG_WAIT, QueueId("sales")).limit is None


async def test_what_is_saved_holds_and_tells_whom_it_names(centre: WebCentre) -> None:
    # Given nobody has set anything
    async with centre.browser("admin") as admin:
        before = (await admin.get("/alarm-rules")).json()
        assert before["revision"] == "0"
        assert [rule["kind"] for rule in before["rules"]] == [kind.value for kind in rules.KINDS]
        # When an administrator gives one queue a threshold of its own
        status, after = await put(admin, LONG_WAIT, "0")
        assert (status, after["revision"]) == (200, "1")
        versions = (await admin.get("/alarm-rules/versions")).json()
        assert [(one["revision"], one["note"]) for one in versions] == [(1, "旺季")]
        audit = (await admin.get("/audit?act=alarm_rules.changed")).json()["items"]
        assert audit[0]["after"]["long_wait:service"]["limit"] == 45_000
    # Then a team lead reads that this one is for them, and a supervisor that it is not
    for account, mine in (("lead", True), ("supervisor", False)):
        async with centre.browser(account) as browser:
            found = (await browser.get("/alarm-rules")).json()["rules"]
            own = next(rule for rule in found if rule["queue"] == "service")
            assert own["mine"] is mine


async def test_who_read_an_older_version_overwrites_nothing(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        await put(admin, LONG_WAIT, "0")
        status, problem = await put(admin, {**LONG_WAIT, "limit": 90_000}, "0")
        assert (status, problem["code"]) == (412, "changed_meanwhile")
        found = (await admin.get("/alarm-rules")).json()
        assert found["revision"] == "1"


IMPOSSIBLE: tuple[tuple[dict[str, object], str], ...] = (
    ({"limit": 0}, "limit"),
    ({"kind": "many_waiting", "limit": None}, "limit"),
    ({"kind": "hold", "queue": None}, "limit"),
    ({"kind": "long_break"}, "queue"),
    ({"queue": "nowhere"}, "queue"),
    ({"ways": ["webhook"]}, "ways"),
    ({"roles": ["king"]}, "roles"),
    ({"teams": ["t-none"]}, "teams"),
    ({"quiet": [{"since": "24:00", "until": "07:00"}]}, "quiet"),
    ({"quiet": [{"since": "07:00", "until": "07:00"}]}, "quiet"),
)


async def test_what_cannot_be_is_refused_and_writes_nothing(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        for changed, field in IMPOSSIBLE:
            status, problem = await put(admin, {**LONG_WAIT, **changed}, "0")
            assert (status, problem["code"]) == (422, "alarm_rule_invalid"), changed
            facts = problem["facts"]
            assert isinstance(facts, dict)
            assert facts["field"] == field
        assert (await admin.get("/alarm-rules")).json()["revision"] == "0"


def test_a_new_kind_is_as_it_ships_until_somebody_sets_it() -> None:
    found = rules.completed([AlarmRule(kind=AlarmKind.HELP, is_on=False)])
    assert not found[0].is_on
    assert found[1] == rules.shipped(AlarmKind.UNSTAFFED)
    assert AlarmWay.WEBHOOK in found[1].ways

"""Webhooks: what happens is told, signed and once; who does not listen is asked again, then not."""

import asyncio
import json
from collections.abc import AsyncIterator
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from lianxi.engine.messages.floor_events import QueueUnstaffed
from lianxi.journal.contracts import Step
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.webhooks import rules
from lianxi.modules.webhooks.jobs import Given, Teller
from lianxi.modules.webhooks.models import WebhookRow
from lianxi.office.audit.repository import AuditRepository
from tests.builders.web_centre import BEGIN, Browser, WebCentre

pytestmark = pytest.mark.db


class Receiver:
    """A system outside: it remembers what came and answers what it is told to."""

    def __init__(self) -> None:
        self.came: list[tuple[dict[str, str], str]] = []
        self.status = "204 No Content"
        self.port = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        _, *lines = head.strip().split("\r\n")
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.came.append((headers, body.decode()))
        more = "Location: http://localhost/x\r\n" if self.status.startswith("3") else ""
        answer = f"HTTP/1.1 {self.status}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n"
        writer.write(answer.encode())
        await writer.drain()
        writer.close()

    @property
    def told(self) -> list[str]:
        """Kinds of events, in order."""
        return [headers["lianxi-event"] for headers, _ in self.came]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.talk, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    yield receiver
    server.close()


@pytest.fixture
def teller(centre: WebCentre) -> Teller:
    return Teller(
        Given(
            sessions=centre.database.sessions,
            journal=centre.journal,
            seals=centre.desks.vault,
            now=centre.now,
            zone=ZoneInfo("Asia/Shanghai"),
        )
    )


@pytest.fixture
async def admin(centre: WebCentre, teller: Teller) -> AsyncIterator[Browser]:
    await teller.write_down()
    async with centre.browser("admin") as browser:
        yield browser


async def made(admin: Browser, receiver: Receiver, *events: str, **more: object) -> tuple[str, str]:
    """A new webhook: its id and its secret."""
    body = {
        "name": "客户系统", "url": f"http://localhost:{receiver.port}/hook", "events": events,
        "is_internal": True, **more,
    }  # fmt: skip
    answer = await admin.post("/webhooks", body)
    assert answer.status_code == 201, answer.text
    return answer.json()["webhook"]["id"], answer.json()["secret"]


async def go_on(teller: Teller) -> None:
    """What the worker does until nothing is due."""
    while await teller.write_down() or await teller.post_due():
        pass


async def test_a_call_is_told_with_a_masked_number_and_a_signature_that_fits(
    centre: WebCentre, admin: Browser, teller: Teller, receiver: Receiver
) -> None:
    # Given a webhook for beginnings and ends
    _, secret = await made(admin, receiver, "contact.began", "contact.ended")
    # When a call comes and goes
    contact = await centre.arrives("c1")
    await centre.caller_hangs_up(contact)
    await go_on(teller)
    # Then both are told, each once
    assert receiver.told == ["contact.began", "contact.ended"]
    headers, body = receiver.came[0]
    assert json.loads(body)["data"]["number"] == "138****1234"
    stamp = int(headers["lianxi-timestamp"])
    assert headers["lianxi-signature"] == rules.signature(secret, stamp, body)
    await go_on(teller)
    assert len(receiver.came) == 2


async def test_only_chosen_events_are_told(
    centre: WebCentre, admin: Browser, teller: Teller, receiver: Receiver
) -> None:
    await made(admin, receiver, "agent.state")
    await centre.arrives("c1")
    await go_on(teller)
    assert receiver.came == []


async def test_an_alarm_is_told_as_its_rule_has_it(
    centre: WebCentre, admin: Browser, teller: Teller, receiver: Receiver
) -> None:
    await made(admin, receiver, "alarm")
    # Given the rule of the sales queue tells nobody outside, that of the others does
    quiet = {"kind": "unstaffed", "queue": "sales", "is_on": True, "ways": ["bell"]}
    answer = await admin.client.put("/api/alarm-rules", json={"rules": [quiet]})
    assert answer.status_code == 200, answer.text
    # When people of both wait for nobody
    for queue in ("sales", "service"):
        event = QueueUnstaffed(at=centre.now(), queue=QueueId(queue), look_at=centre.now())
        await centre.journal.append([Step(events=[event])])
    await go_on(teller)
    # Then only the one is told
    assert [json.loads(body)["data"]["queue"] for _, body in receiver.came] == ["service"]


async def test_a_webhook_may_be_told_numbers_in_full(
    centre: WebCentre, admin: Browser, teller: Teller, receiver: Receiver
) -> None:
    await made(admin, receiver, "contact.began", unmasked=True)
    await centre.arrives("c1")
    await go_on(teller)
    assert json.loads(receiver.came[0][1])["data"]["number"] == "13812341234"


@pytest.mark.parametrize("status", ["500 Oops", "302 Found", "404 Not Found"])
async def test_a_message_that_is_not_taken_comes_again_later(
    centre: WebCentre, admin: Browser, teller: Teller, receiver: Receiver, status: str
) -> None:
    hook, _ = await made(admin, receiver, "contact.began")
    receiver.status = status
    await centre.arrives("c1")
    await go_on(teller)
    await go_on(teller)
    # Then it was tried once, and the log says what the other side said
    (shown,) = (await admin.get(f"/webhooks/{hook}/deliveries")).json()["items"]
    assert (shown["state"], shown["attempts"]) == ("waiting", 1)
    assert shown["status"] == int(status[:3])
    # When its time comes and the other side is well again, the same words come with a new signature
    receiver.status = "200 OK"
    centre.later(10)
    await go_on(teller)
    assert receiver.came[0][1] == receiver.came[1][1]
    assert receiver.came[0][0]["lianxi-signature"] != receiver.came[1][0]["lianxi-signature"]
    (shown,) = (await admin.get(f"/webhooks/{hook}/deliveries")).json()["items"]
    assert shown["state"] == "delivered"


async def test_our_own_network_stays_closed_unless_allowed(
    centre: WebCentre, admin: Browser, teller: Teller, receiver: Receiver
) -> None:
    hook, _ = await made(admin, receiver, "contact.began", is_internal=False)
    await centre.arrives("c1")
    await go_on(teller)
    assert receiver.came == []
    (shown,) = (await admin.get(f"/webhooks/{hook}/deliveries")).json()["items"]
    assert shown["error"] == "address_internal"


async def test_a_test_goes_out_even_when_the_webhook_is_off_and_may_be_sent_again(
    admin: Browser, teller: Teller, receiver: Receiver
) -> None:
    hook, _ = await made(admin, receiver, "contact.began", is_on=False)
    assert (await admin.post(f"/webhooks/{hook}/test")).status_code == 202
    await go_on(teller)
    assert receiver.told == ["test"]
    (shown,) = (await admin.get(f"/webhooks/{hook}/deliveries")).json()["items"]
    again = await admin.post(f"/webhooks/{hook}/deliveries/{shown['id']}/resend")
    assert again.status_code == 202
    await go_on(teller)
    assert receiver.told == ["test", "test"]


async def test_who_never_listens_is_switched_off_and_the_audit_says_so(
    centre: WebCentre, admin: Browser, teller: Teller, receiver: Receiver
) -> None:
    hook, _ = await made(admin, receiver, "contact.began")
    receiver.status = "500 Oops"
    # Given ninety-nine failures in a row over an hour
    async with centre.database.sessions.begin() as session:
        await session.execute(
            update(WebhookRow).values(
                failures=rules.DISABLED_AFTER - 1,
                failing_since=Instant(BEGIN - rules.DISABLED_AFTER_MS),
            )
        )
    await centre.arrives("c1")
    await go_on(teller)
    # Then it is off, and says since when
    (shown,) = (await admin.get("/webhooks")).json()
    assert (shown["is_on"], shown["disabled_at"]) == (False, centre.at)
    async with centre.database.sessions() as session:
        (row,) = await AuditRepository(session).newest(limit=1)
    assert (row.act.value, row.object) == ("webhook.disabled", f"webhook:{hook}")
    # When somebody switches it on again, its failures are forgotten
    body = {key: shown[key] for key in ("name", "url", "events", "is_internal", "revision")}
    answer = await admin.client.put(f"/api/webhooks/{hook}", json={**body, "is_on": True})
    assert (answer.json()["failures"], answer.json()["disabled_at"]) == (0, None)


async def test_a_change_of_an_older_version_is_refused(admin: Browser, receiver: Receiver) -> None:
    hook, _ = await made(admin, receiver, "alarm")
    body = {"name": "甲", "url": "https://example.com/", "events": ["alarm"], "revision": 1}
    assert (await admin.client.put(f"/api/webhooks/{hook}", json=body)).status_code == 200
    answer = await admin.client.put(f"/api/webhooks/{hook}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "webhook_changed")


@pytest.mark.parametrize(
    ("url", "events", "field"),
    [
        ("ftp://example.com/", ["alarm"], "url"),
        ("https://example.com/".replace("//", "//anna@"), ["alarm"], "url"),
        ("https://", ["alarm"], "url"),
        ("https://example.com:99999/", ["alarm"], "url"),
        ("https://example.com/", [], "events"),
        ("https://example.com/", ["test"], "events"),
    ],
)
async def test_an_address_that_is_none_is_refused(
    admin: Browser, url: str, events: list[str], field: str
) -> None:
    answer = await admin.post("/webhooks", {"name": "x", "url": url, "events": events})
    assert (answer.status_code, answer.json()["facts"]) == (422, {"field": field})
    assert (await admin.get("/webhooks")).json() == []


async def test_a_renewed_secret_signs_from_now_on(
    centre: WebCentre, admin: Browser, teller: Teller, receiver: Receiver
) -> None:
    hook, former = await made(admin, receiver, "contact.began")
    secret = (await admin.post(f"/webhooks/{hook}/secret")).json()["secret"]
    assert secret != former
    await centre.arrives("c1")
    await go_on(teller)
    headers, body = receiver.came[0]
    stamp = int(headers["lianxi-timestamp"])
    assert headers["lianxi-signature"] == rules.signature(secret, stamp, body)
    # And a removed webhook takes its messages along
    assert (await admin.client.delete(f"/api/webhooks/{hook}")).status_code == 204
    assert (await admin.get(f"/webhooks/{hook}/deliveries")).status_code == 404


def test_a_message_is_tried_for_a_day() -> None:
    assert sum(rules.AGAIN_AFTER_MS) >= 23 * rules.HOUR
    assert rules.next_try(len(rules.AGAIN_AFTER_MS), at=BEGIN) is not None
    assert rules.next_try(len(rules.AGAIN_AFTER_MS) + 1, at=BEGIN) is None

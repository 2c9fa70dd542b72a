"""Short lists as files: what the page shows, for whoever may see it, and a line in the audit."""

import csv
import io
import zipfile

import pytest

from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

BOM = "\ufeff"
KINDS = (
    "people", "teams", "queues", "numbers", "codes", "reasons", "hours", "roles", "live_agents",
    "live_queues",
)  # fmt: skip


async def rows(browser: Browser, path: str) -> list[list[str]]:
    answer = await browser.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.text.startswith(BOM)
    return list(csv.reader(io.StringIO(answer.text[1:])))


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_list_is_a_table_with_headings_and_says_what_it_is(
    centre: WebCentre, language: str
) -> None:
    async with centre.browser("admin") as admin:
        for kind in KINDS:
            found = await rows(admin, f"/lists/{kind}?language={language}")
            head = found[0]
            body = found[1 : found.index([])]
            assert body, kind
            assert all(len(row) == len(head) for row in body), kind
            about = dict(line[:2] for line in found[found.index([]) + 1 :])
            assert kind in about.values()
            assert f"{len(body):,}" in about.values()


async def test_the_list_of_people_is_narrowed_as_the_page_is(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        page = (await admin.get("/people?role=agent&limit=200")).json()
        found = await rows(admin, "/lists/people?role=agent&language=en")
        body = found[1 : found.index([])]
        assert [row[0] for row in body] == [each["username"] for each in page["items"]]
        assert {row[2] for row in body} == {"agent"}
        # A name the list does not know is refused, and so is an order it has not
        for wrong in ("?colour=red", "?sort=shoe"):
            assert (await admin.get(f"/lists/people{wrong}")).json()["code"] == (
                "export_filter_invalid"
            )


async def test_the_floor_is_exported_as_the_reader_sees_it(centre: WebCentre) -> None:
    async with centre.browser("lead") as lead, centre.browser("supervisor") as boss:
        mine = await rows(lead, "/lists/live_agents?language=en")
        everybody = await rows(boss, "/lists/live_agents?language=en")
        assert 0 < mine.index([]) < everybody.index([])


async def test_a_workbook_is_a_workbook(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        answer = await admin.get("/lists/queues?format=xlsx")
        assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
        assert 'filename="lianxi-queues-' in answer.headers["content-disposition"]


async def test_who_may_not_see_a_list_cannot_take_it_away_and_taking_is_written_down(
    centre: WebCentre,
) -> None:
    async with centre.browser("8001") as agent, centre.browser("admin") as admin:
        for kind in ("people", "queues", "live_agents"):
            assert (await agent.get(f"/lists/{kind}")).json()["code"] == "forbidden"
        assert (await admin.get("/lists/nothing")).json()["code"] == "export_kind_unknown"
        await rows(admin, "/lists/teams")
        newest = (await admin.get("/audit")).json()["items"][0]
        assert (newest["act"], newest["object"]) == ("export.downloaded", "list:teams")
        assert newest["facts"]["rows"] > 0


async def test_what_the_centre_is_connected_by_is_exported_without_secrets(
    centre: WebCentre,
) -> None:
    async with centre.browser("admin") as admin, centre.browser("supervisor") as supervisor:
        # Given a trunk with a password, a webhook and an API key, each with a secret
        trunk = {"name": "运营商", "server": "sip.example.net", "registers": True,
                 "username": "u1", "password": "trunk-secret"}  # fmt: skip
        secrets = ["trunk-secret"]
        made = await admin.client.put("/api/trunks/carrier", json=trunk)
        assert made.status_code == 200, made.text
        hook = {"name": "CRM", "url": "https://crm.example.net/hook", "events": ["contact.ended"]}
        webhook = await admin.post("/webhooks", hook)
        secrets.append(webhook.json()["secret"])
        until = centre.now() + 86_400_000
        key = {"name": "报表", "permissions": ["reports.read"], "expires_at": until}
        secrets.append((await admin.post("/api-keys", key)).json()["token"])
        # When the lists are fetched
        for kind, said in (
            ("trunks", "运营商"), ("routes", "号码"), ("skills", "技能"), ("webhooks", "CRM"),
            ("api_keys", "报表"),
        ):  # fmt: skip
            answer = await admin.get(f"/lists/{kind}")
            # Then each says what its page says, and no secret stands in it
            assert answer.status_code == 200, kind
            assert said in answer.text, kind
            assert not any(secret in answer.text for secret in secrets)
            assert (await supervisor.get(f"/lists/{kind}")).status_code == 403

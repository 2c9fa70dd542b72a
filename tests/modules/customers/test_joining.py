"""Two customers that are one: merged, and parted again without loss."""

from typing import Any

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.kernel.ids import CustomerId
from lianxi.modules.customers import facade
from tests.modules.customers.test_keeping import LEAD, WANG, As, as_caller, made

pytestmark = pytest.mark.db
__all__ = ["as_caller"]

HOME = "02154321234"
WHY = {"reason": "同一人"}


async def two(lead: AsyncClient) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same person twice: without a certificate but with a level, and the other way round."""
    wang = await made(lead, "王小双", WANG, level="VIP", tags=["重点"])
    again = await made(lead, "王双", WANG, HOME, certificate="YH1", tags=["老客户"])
    return wang, again


async def merge(lead: AsyncClient, one: dict[str, Any], into: dict[str, Any]) -> dict[str, Any]:
    """Merge one into another; return that."""
    url = f"/api/customers/{one['id']}/merge"
    answer = await lead.post(url, json=WHY | {"into": into["id"]})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_the_one_that_stays_takes_what_it_had_not(as_caller: As, database: Database) -> None:
    async with as_caller(LEAD) as lead:
        wang, again = await two(lead)
        said = {"given": False, "how": "电话"}
        await lead.put(f"/api/customers/{again['id']}/consents/survey", json=said)
        # When the second is merged into the first
        stays = await merge(lead, again, wang)
        # Then it has the numbers, the certificate and the no of both
        profile = stays["profile"]
        assert (profile["name"], profile["certificate"], profile["level"]) == (
            "王小双", "YH1", "VIP",
        )  # fmt: skip
        assert set(profile["tags"]) == {"重点", "老客户"}
        assert len(stays["numbers"]) == 2
        assert [one["given"] for one in stays["consents"]] == [False]
        # And the second is found no more, and says where it went
        found = (await lead.get("/api/customers/match", params={"number": HOME})).json()
        assert [one["id"] for one in found["customers"]] == [wang["id"]]
        gone = (await lead.get(f"/api/customers/{again['id']}")).json()
        assert gone["merged_into"] == wang["id"]
        body = {"profile": gone["profile"], "revision": gone["revision"]}
        refused = await lead.put(f"/api/customers/{again['id']}", json=body)
        assert refused.json()["code"] == "customer_merged"
    async with database.sessions() as session:
        family = await facade.family(session, CustomerId(wang["id"]))
    assert set(family) == {wang["id"], again["id"]}


async def test_a_merge_is_taken_back_but_not_what_was_meant(as_caller: As) -> None:
    async with as_caller(LEAD) as lead:
        wang, again = await two(lead)
        stays = await merge(lead, again, wang)
        # Given that the level was changed since
        profile = stays["profile"] | {"level": "普通"}
        body = {"profile": profile, "revision": stays["revision"]}
        assert (await lead.put(f"/api/customers/{wang['id']}", json=body)).status_code == 200
        # When it is another one after all
        url = f"/api/customers/{again['id']}"
        free = (await lead.post(f"{url}/unmerge", json=WHY)).json()
        # Then that one is as it was
        kept = ("profile", "numbers", "consents")
        assert {name: free[name] for name in kept} == {name: again[name] for name in kept}
        # And the first has its own again, and the changed level
        left = (await lead.get(f"/api/customers/{wang['id']}")).json()
        assert left["profile"] == wang["profile"] | {"level": "普通"}
        assert left["numbers"] == wang["numbers"]
        # And the history tells it
        (told,) = (await lead.get(f"{url}/merges")).json()
        assert (told["reason"], told["undone_reason"]) == ("同一人", "同一人")
        assert (await lead.post(f"{url}/unmerge", json=WHY)).json()["code"] == "not_merged"


async def test_what_a_third_one_brought_stays(as_caller: As) -> None:
    async with as_caller(LEAD) as lead:
        wang, again = await two(lead)
        third = await made(lead, "小双", HOME)
        await merge(lead, again, wang)
        await merge(lead, third, wang)
        await lead.post(f"/api/customers/{again['id']}/unmerge", json=WHY)
        left = (await lead.get(f"/api/customers/{wang['id']}")).json()
        assert len(left["numbers"]) == 2
        assert left["profile"]["certificate"] == ""


async def test_what_cannot_be_merged_is_refused(as_caller: As) -> None:
    async with as_caller(LEAD) as lead:
        wang, again = await two(lead)
        url = f"/api/customers/{wang['id']}/merge"

        async def refusal(url: str, body: dict[str, Any]) -> str:
            return str((await lead.post(url, json=body)).json()["code"])

        assert await refusal(url, WHY | {"into": wang["id"]}) == "cannot_merge_customers"
        assert await refusal(url, {"into": again["id"], "reason": ""}) == "customer_reason_missing"
        late = WHY | {"into": again["id"], "revision": 7}
        assert await refusal(url, late) == "customer_changed"
        # Given one that was merged onward: the later merge is undone first
        third = await made(lead, "小双")
        await merge(lead, again, wang)
        await merge(lead, wang, third)
        assert await refusal(f"/api/customers/{again['id']}/unmerge", WHY) == "merged_onward"

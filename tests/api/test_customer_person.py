"""What a person may ask for: a copy of everything, and to be forgotten; and who may be the same."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient
from sqlalchemy import text

from lianxi.api.customer_person import router
from lianxi.api.live.hub import Hub
from lianxi.db.session import Database
from lianxi.engine.state import State
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId, CustomerId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases import files
from lianxi.modules.cases.contracts import Wanted
from lianxi.modules.cases.drafts_repository import CaseDraftRepository
from lianxi.modules.cases.files import CaseFolder
from lianxi.modules.customers import facade, joining, keeping
from lianxi.modules.customers.contracts import NewNumber, Profile, Purpose
from lianxi.modules.customers.duplicates_router import router as duplicates
from lianxi.modules.customers.kept_router import router as kept
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from tests.api.test_customer_story import a_contact
from tests.builders.cases import ABOUT, SUPERVISOR, Hotline, hotline, somebody
from tests.builders.small_app import browser, small_app
from tests.modules.cases.test_files import lying
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")
WANG = "13800138000"
LEAD = somebody(
    "lead",
    Permission.CUSTOMERS_READ,
    Permission.CUSTOMERS_EDIT,
    Permission.CUSTOMERS_MERGE,
    Permission.CUSTOMERS_PERSONAL,
    Permission.RECORDS_READ,
)


def an_app(database: Database, folder: Path = Path("/nowhere")) -> FastAPI:
    """Nobody is on the line."""
    app = small_app(database, LEAD, [router, duplicates, kept], now=NINE)
    provide(app, Hub, SimpleNamespace(centre=SimpleNamespace(state=State())))
    provide(app, CaseFolder, CaseFolder(folder))
    return app


async def a_customer(database: Database) -> str:
    """Two who are one: profile, number, consent; a contact."""
    async with database.sessions.begin() as session:
        profile = Profile(name="王小双", certificate="YH1", address="建国路8号", remark="常来")
        wang = await keeping.create(session, profile, [NewNumber(number=WANG)], by=LEAD, at=NINE)
        again = await facade.add(session, "王双", ["13900139000"], at=NINE)
        await keeping.consent(session, wang.id, Purpose.SURVEY, True, "电话中", by=LEAD, at=NINE)
        await joining.merge(session, again, wang.id, reason="同一人", by=LEAD, at=NINE)
        session.add(a_contact("c1", f"0{WANG}", NINE))
    return wang.id


async def a_case(line: Hotline, database: Database, customer: str) -> str:
    """A work order that names the person."""
    new = replace(ABOUT, customer=CustomerId(customer), content=f"王小双要求回电{WANG}", phone=WANG)
    async with database.sessions.begin() as session:
        return (await cases.create(session, line.orders, new, by=LEAD, at=NINE)).id


async def read(client: AsyncClient, customer: str) -> dict[str, Any]:
    """The customer."""
    found: dict[str, Any] = (await client.get(f"/api/customers/{customer}")).json()
    return found


async def test_a_copy_has_everything_and_shows_that_it_is_whole(database: Database) -> None:
    # Given a customer with a work order and a contact
    line = await hotline(database, NINE)
    wang = await a_customer(database)
    await a_case(line, database, wang)
    async with browser(an_app(database)) as client:
        # When a copy is asked for, without and with a reason
        url = f"/api/customers/{wang}/copy"
        assert (await client.post(url, json={"reason": " "})).status_code == 422
        answer = await client.post(url, json={"reason": "本人书面申请"})
    # Then it holds all of it, and the audit has its sum
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        told = {name: json.loads(packed.read(name)) for name in packed.namelist()}
    assert [one["profile"]["name"] for one in told["customer.json"]] == ["王小双", "王双"]
    assert (len(told["work-orders.json"]), len(told["contacts.json"])) == (1, 1)
    assert set(told["manifest.json"]["sha256"]) == set(told) - {"manifest.json"}
    async with database.sessions() as session:
        (row, *_) = await audit.of_object(session, f"customer:{wang}")
    assert (row.act, row.reason) == (Act.CUSTOMER_COPIED, "本人书面申请")
    assert row.facts["sha256"] == answer.headers["x-content-sha256"]


async def test_nobody_is_forgotten_while_a_work_order_is_open(database: Database) -> None:
    line = await hotline(database, NINE)
    wang = await a_customer(database)
    await a_case(line, database, wang)
    async with browser(an_app(database)) as client:
        revision = (await read(client, wang))["revision"]
        found = (await client.get(f"/api/customers/{wang}/erasure")).json()
        assert [one["kind"] for one in found["holds"]] == ["open_case"]
        body = {"reason": "本人申请", "revision": revision}
        answer = await client.post(f"/api/customers/{wang}/erase", json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, "customer_held")
        assert (await read(client, wang))["profile"]["name"] == "王小双"


async def test_who_is_forgotten_leaves_matters_without_a_name(
    database: Database, tmp_path: Path
) -> None:
    # Given a customer whose work order is closed, and whose number is not to be called
    line = await hotline(database, NINE)
    wang = await a_customer(database)
    case = await a_case(line, database, wang)
    async with database.sessions.begin() as session:
        whole = await cases.case(session, case)
        folder = CaseFolder(tmp_path)
        await files.add(session, folder, whole, "王小双.txt", b"x", by=LEAD, at=NINE)
        gone = Wanted(event="withdraw", reason="误建")
        await cases.happen(session, line.orders, case, gone, by=SUPERVISOR, at=NINE)
        number = (await facade.customer(session, wang)).numbers[0].id
        quiet = ("不愿接听", None)
        await keeping.do_not_call(session, wang, number, quiet, by=LEAD, at=NINE)
        writing = {"content": "王小双又来电"}
        await CaseDraftRepository(session).put(LEAD.user, ContactId("c1"), writing, at=NINE)
    async with browser(an_app(database, tmp_path)) as client:
        url = f"/api/customers/{wang}/erase"
        revision = (await read(client, wang))["revision"]
        # When the person is erased, by who read an older revision, and again
        older = await client.post(url, json={"reason": "申请", "revision": revision - 1})
        assert (older.status_code, older.json()["code"]) == (412, "customer_changed")
        proof = (await client.post(url, json={"reason": "申请", "revision": revision})).json()
        # Then nothing tells who it was
        left = await read(client, wang)
        assert (left["profile"]["name"], left["numbers"], left["erased_at"]) == ("", [], NINE)
        assert (await client.get("/api/customers")).json()["items"] == []
        match = await client.get("/api/customers/match", params={"number": WANG})
        assert match.json() == {"customers": []}
        changed = await client.put(
            f"/api/customers/{wang}", json={"profile": {"name": "王"}, "revision": 9}
        )
        assert (changed.status_code, changed.json()["code"]) == (409, "customer_erased")
        # And asked again the proof is the same
        assert (await client.post(url, json={"reason": "再次", "revision": 0})).json() == proof
        told = (await client.get(f"/api/customers/{wang}/erasure")).json()
        assert told == {"holds": [], "proof": proof}
    assert proof["erased"] == {
        "customers": 2, "numbers": 3, "identities": 0, "consents": 1, "work_orders": 1, "files": 1,
        "drafts": 1,
    }  # fmt: skip
    assert proof["kept"] == {"do_not_call": 1, "work_orders": 1, "contacts": 1}
    async with database.sessions() as session:
        after = await cases.case(session, case)
        assert (after.phone, after.content, after.customer) == ("", "***要求回电***", wang)
        assert await facade.do_not_call(session, WANG, at=NINE) is not None
        merges = (await session.execute(text("SELECT before, after FROM customer_merge"))).all()
    assert merges == [({}, {})]
    assert lying(tmp_path) == []


async def test_who_may_be_the_same_is_listed_and_merged_by_nobody(database: Database) -> None:
    # Given a number that two have, certificates that differ by a dash, a name twice at one address
    async with database.sessions.begin() as session:
        for minute, (name, certificate, address, number) in enumerate(
            (
                ("王小双", "YH-1", "", WANG),
                ("王双", "YH1", "", WANG),
                ("李四", "", "建国路8号", "13900139000"),
                ("李四", "", "建国路8号", "13700137000"),
                ("陈一", "YH2", "建国路8号", "13600136000"),
            )
        ):
            profile = Profile(name=name, certificate=certificate, address=address)
            came = Instant(NINE + minute * 60_000)
            await keeping.create(session, profile, [NewNumber(number=number)], by=LEAD, at=came)
    async with browser(an_app(database)) as client:
        found = {}
        for why in ("number", "certificate", "name_address"):
            answer = await client.get("/api/customers/duplicates", params={"why": why, "limit": 1})
            (group,) = answer.json()["items"]
            found[why] = (group["value"], [one["name"] for one in group["customers"]])
            assert answer.json()["next"] is None
    # Then each kind names its group, and numbers are masked
    assert found == {
        "number": ("138****8000", ["王小双", "王双"]),
        "certificate": ("YH-1", ["王小双", "王双"]),
        "name_address": ("建国路8号", ["李四", "李四"]),
    }

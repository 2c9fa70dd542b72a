"""Raw facts as a file: for those allowed, masked, written down in the audit."""

import io
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pyarrow.parquet as pq
import pytest
from httpx2 import AsyncClient
from pyarrow import csv
from sqlalchemy import select

from lianxi.db.session import Database
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.masking import mask
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.models import AuditTableRow
from lianxi.reports.facts_router import router
from lianxi.reports.store.contracts import RawFormat
from lianxi.reports.store.raw import query
from lianxi.reports.store.tables import fact_tables
from lianxi.reports.windows import Window
from lianxi.settings import Settings
from tests.builders.closed_days import FIRST, MIDNIGHT, ZONE, closer, fold, moment, two_days
from tests.builders.small_app import a_caller, browser, small_app

pytestmark = pytest.mark.db

Client = Callable[..., AsyncClient]
BOTH = {"from": "2026-03-05", "to": "2026-03-06"}
MAY = (Permission.REPORTS_RAW,)


@pytest.fixture
async def client(database: Database, tmp_path: Path) -> Client:
    await fold(database, two_days().lines)
    settings = Settings(home=tmp_path)
    await closer(database, settings.paths.facts, MIDNIGHT + 3600).close(FIRST)

    def as_caller(*permissions: Permission, **who: object) -> AsyncClient:
        caller = a_caller(*permissions, **who)  # type: ignore[arg-type]
        app = small_app(database, caller, [router], now=moment(2 * MIDNIGHT))
        provide(app, ZoneInfo, ZONE)
        provide(app, Settings, settings)
        return browser(app)

    return as_caller


async def test_the_rows_of_two_days_as_csv(client: Client) -> None:
    answer = await client(*MAY).get("/api/reports/facts/fact_contact", params=BOTH)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "fact_contact_2026-03-05_2026-03-06.csv" in answer.headers["content-disposition"]
    rows = csv.read_csv(io.BytesIO(answer.content)).to_pylist()
    assert len(rows) == 5
    assert {row["caller"] for row in rows} == {"138****8000"}
    assert {row["number"] for row in rows} == {4001}


async def test_the_same_as_parquet_in_full(client: Client) -> None:
    asked = BOTH | {"format": "parquet", "in_full": "true"}
    reader = client(*MAY, Permission.RECORDS_REVEAL)
    answer = await reader.get("/api/reports/facts/fact_contact", params=asked)
    rows = pq.read_table(io.BytesIO(answer.content)).to_pylist()
    assert {row["caller"] for row in rows} == {"13800138000"}
    assert {row["contact"] for row in rows} == {
        "answered-1", "given-up-1", "night", "answered-2", "given-up-2",
    }  # fmt: skip


async def test_a_table_without_rows_is_a_file_with_a_head(client: Client) -> None:
    answer = await client(*MAY).get("/api/reports/facts/fact_fax", params=BOTH)
    assert answer.text.splitlines()[0].startswith('"fax","contact"')
    assert len(answer.text.splitlines()) == 1


REFUSED: tuple[tuple[str, dict[str, str], str], ...] = (
    ("agent_presence", {}, "facts_unknown"),
    ("fact_contact", {"from": "2026-03-07"}, "days_invalid"),
    ("fact_contact", {"from": "2025-03-01"}, "days_invalid"),
    ("fact_contact", {"from": "0001-01-01", "to": "0001-01-02"}, "days_invalid"),
    ("fact_contact", {"from": "9999-12-31", "to": "9999-12-31"}, "days_invalid"),
    ("fact_contact", {"from": "yesterday"}, "invalid_request"),
    ("fact_contact", {"in_full": "true"}, "forbidden"),
)


async def test_what_is_refused(client: Client) -> None:
    taker = client(*MAY)
    for table, days, code in REFUSED:
        answer = await taker.get(f"/api/reports/facts/{table}", params=BOTH | days)
        assert (table, days, answer.json()["code"]) == (table, days, code)


async def test_who_sees_a_part_takes_nothing_away(client: Client) -> None:
    for who in ({"scope": Scope.TEAM, "team": "t1"}, {"scope": Scope.SELF}):
        answer = await client(*MAY, **who).get("/api/reports/facts/fact_contact", params=BOTH)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_taking_facts_away_is_in_the_audit(client: Client, database: Database) -> None:
    await client(*MAY).get("/api/reports/facts/fact_offer", params=BOTH)
    async with database.sessions() as session:
        (row,) = await session.scalars(
            select(AuditTableRow).where(AuditTableRow.act == Act.FACTS_DOWNLOADED)
        )
    assert row.object == "facts:fact_offer"
    assert row.facts == {
        "from": "2026-03-05", "to": "2026-03-06", "format": "csv", "in_full": False,
    }  # fmt: skip


def shown(column: str, value: str, form: RawFormat, **row: str) -> object:
    """One value of a hand-over as it is written."""
    table = fact_tables()["fact_transfer"]
    given = {name.name: row.get(name.name, "x") for name in table.columns} | {column: value}
    with duckdb.connect() as connection:
        kinds = ", ".join(f'"{name}" {"BIGINT" if name == "at" else "TEXT"}' for name in given)
        connection.execute(f"CREATE TABLE fact_transfer ({kinds})")
        places = ", ".join("?" for _ in given)
        values = [0 if name == "at" else said for name, said in given.items()]
        connection.execute(f"INSERT INTO fact_transfer VALUES ({places})", values)
        whole = query(table, Window(begins_at=moment(0), ends_at=moment(1)), form, in_full=False)
        where = whole.index(" WHERE ")
        found = connection.execute(f'SELECT "{column}" FROM ({whole[:where]})').fetchone()
    assert found is not None
    return found[0]


@pytest.mark.parametrize("number", ["13812341234", "02154321", "95588", "8001", "", "+861381234"])
def test_numbers_are_masked_as_everywhere(number: str) -> None:
    outbound = {"direction": "outbound", "kind": "external"}
    assert shown("number", number, RawFormat.PARQUET, **outbound) == mask(number)
    assert shown("target", number, RawFormat.PARQUET, **outbound) == mask(number)
    ours = {"direction": "inbound", "kind": "queue"}
    assert shown("number", number, RawFormat.PARQUET, **ours) == number
    assert shown("target", number, RawFormat.PARQUET, **ours) == number


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
        ("+8613812341234", "+8613812341234"),
        ("-5", "-5"),
        ("投诉", "投诉"),
    ],
)
def test_text_that_a_spreadsheet_would_run_is_harmless_in_csv(text: str, written: str) -> None:
    assert shown("reason", text, RawFormat.CSV) == written
    assert shown("reason", text, RawFormat.PARQUET) == text

"""A million work orders in a database, by statements: what `bench cases` stands on."""

from itertools import product

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.db.session import Database
from lianxi.kernel.bigrams import pairs
from lianxi.kernel.ids import AreaId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases.contracts import Area, AuditMode, CaseType, Category
from lianxi.office.calendar.contracts import TimeUnit
from lianxi.office.deadlines import facade as deadlines
from lianxi.office.deadlines.contracts import DeadlineRule

NOW_MS = 1_795_000_000_000
HOUR_MS = 3_600_000
AREAS = 20
OPEN_OF_TEN = 1
KIND = "fault"

WHAT = ("漏水", "停电", "退款", "发票", "安装", "异响", "积分", "配送", "退货", "换货")
THINGS = ("洗衣机", "冰箱", "电表", "会员卡", "空调", "热水器", "订单", "门店", "电视", "灯具")
WHERE = ("朝阳区建国路", "海淀区中关村", "丰台区方庄", "城北开发区", "城南老街")
_DEADLINES = {"wo.dispatch": 1, "wo.resolve": 24, "wo.accept": 1, "wo.callback": 24, "wo.audit": 48}


async def fill(database: Database, number: int) -> None:
    """Areas, a type, deadlines and so many work orders; one in ten is open."""
    async with database.sessions.begin() as session:
        await _set_up(session)
        await _texts(session)
        await session.execute(text("DROP INDEX work_order_words_idx"))
        await _orders(session, number)
        await _parts(session)
        await session.execute(
            text("CREATE INDEX work_order_words_idx ON work_order USING gin (words)")
        )
    async with database.engine.connect() as connection:
        plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await plain.execute(text("VACUUM ANALYZE"))
        await plain.execute(text("CHECKPOINT"))  # what was filled in is not written during the work


async def _set_up(session: AsyncSession) -> None:
    for index in range(AREAS):
        staff = tuple(UserId(f"user-{n}") for n in range(200) if n % AREAS == index)
        area = Area(id=AreaId(f"area-{index}"), zh=f"第{index + 1}工区", staff=staff)
        await cases.put_area(session, area)
    await cases.put_type(
        session,
        CaseType(kind=KIND, category=Category.BUSINESS, zh="报修", audit_mode=AuditMode.EVERY),
    )
    for code, hours in _DEADLINES.items():
        rule = DeadlineRule(
            code=code, effective_at=Instant(0), target=hours * HOUR_MS, unit=TimeUnit.WALL
        )
        await deadlines.put(session, rule, after=0)


async def _texts(session: AsyncSession) -> None:
    """Some hundreds of matters that are written about; the number makes each its own."""
    await session.execute(
        text("CREATE TEMP TABLE matter (m int PRIMARY KEY, title text, place text, words tsvector)")
    )
    rows = []
    for n, (thing, what, where) in enumerate(product(THINGS, WHAT, WHERE)):
        title = f"{thing}{what}"
        words = pairs(f"{title} 客户来电反映{title},要求尽快处理 {where}")
        rows.append({"n": n, "title": title, "place": where, "words": words})
    await session.execute(
        text("INSERT INTO matter VALUES (:n, :title, :place, array_to_tsvector(:words))"), rows
    )


async def _orders(session: AsyncSession, number: int) -> None:
    state = (
        "CASE WHEN n % 10 <> 0 THEN 'archived' "
        "WHEN n % 50 < 10 THEN 'dispatching' WHEN n % 50 < 40 THEN 'handling' ELSE 'done' END"
    )
    await session.execute(
        text(
            f"""
            INSERT INTO work_order (id, number, kind, category, title, content, phone, place,
                device_type, demand_type, form_version, answers, priority, state, round,
                callback_required, audit_mode, visited, confidential, suspended, supervised,
                warned, misdispatches, urges, opened_at, opened_by, revision, hash, area, due_at,
                phone_backwards, words)
            SELECT 'wo-' || n, 'GD-B-' || n, '{KIND}', 'business', title || ' ' || n,
                '客户来电反映' || title || ',要求尽快处理', phone, place, '', '', 0, '{{}}',
                1 + n % 4, {state}, 1, true, 'every', false, false, false, n % 500 = 0, false, 0,
                n % 3, {NOW_MS} - ({number} - n) * 3000::bigint, 'user-' || n % 200, 1, '',
                CASE WHEN {state} IN ('dispatching') THEN NULL ELSE 'area-' || n % {AREAS} END,
                CASE WHEN n % 10 = 0 THEN {NOW_MS} + (n % 200000 - 40000) * 1000::bigint END,
                reverse(phone), words
            FROM (SELECT n, '1' || lpad((n::bigint * 7919 % 10000000000)::text, 10, '0') AS phone
                FROM generate_series(1, {number}) AS n) AS made
            JOIN matter ON m = n % {len(THINGS) * len(WHAT) * len(WHERE)}
            """
        )
    )


async def _parts(session: AsyncSession) -> None:
    """Rounds of all, dispatches of those that were given away, clocks of those that are open."""
    await session.execute(
        text(
            'INSERT INTO work_order_round ("case", number, opened_at, outcome) '
            "SELECT id, 1, opened_at, CASE state WHEN 'archived' THEN 'archived' ELSE '' END "
            "FROM work_order"
        )
    )
    await session.execute(
        text(
            """
            INSERT INTO work_order_dispatch ("case", number, round, area, role, by, at, note,
                outcome, return_reason, explanation)
            SELECT id, 1, 1, area, 'lead', opened_by, opened_at, '',
                CASE state WHEN 'handling' THEN 'active' ELSE 'done' END, '', ''
            FROM work_order WHERE area IS NOT NULL
            """
        )
    )
    calendar = '{"id": "", "zone": "UTC", "always": true, "weekly": {}, "special": {}, '
    await session.execute(
        text(
            """
            INSERT INTO clock (subject, round, code, owner, target, unit, calendar, marks, state,
                started_at, due_at, is_provisional)
            SELECT 'case:' || id, 1, 'wo.resolve', 'area:x', 86400000, 'wall',
                CAST(:calendar AS jsonb), '[]', 'running', due_at - 86400000, due_at, false
            FROM work_order WHERE due_at IS NOT NULL
            """
        ),
        {"calendar": calendar + '"known_until": null}'},
    )
    await session.execute(
        text("INSERT INTO clock_stretch (clock, since) SELECT id, started_at FROM clock")
    )

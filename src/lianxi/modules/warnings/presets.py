"""What ships: the deadlines of the chain (R129-R140) and the sheet with its six contents (R127)."""

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.modules.warnings.repository import WarningRepository
from lianxi.office.calendar.contracts import DAY_MS, TimeUnit
from lianxi.office.deadlines import facade as deadlines
from lianxi.office.deadlines.contracts import DeadlineRule
from lianxi.office.form import facade as forms
from lianxi.office.form.contracts import Form, Item, ItemKind

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS

TARGETS: dict[str, int] = {
    "ew.submit": 30 * MINUTE_MS,
    "ew.review": HOUR_MS,
    "ew.return": 30 * MINUTE_MS,
    "ew.store": HOUR_MS,
    "ew.guide": 3 * HOUR_MS,
    "ew.feedback": 30 * MINUTE_MS,
    "ew.division": 24 * HOUR_MS,
    "ew.recontact": 6 * HOUR_MS,
    "ew.daily_report": DAY_MS,
    "ew.daily_handle": DAY_MS,
    "ew.close": 48 * HOUR_MS,
}
"""Round the clock (RL01); those of a day end with it."""

DAILY = ("ew.daily_report", "ew.daily_handle")

SHEET = Form(
    kind="warning",
    version=0,
    zh="投诉预警信息表",
    en="Complaint warning sheet",
    items=(
        Item(name="phone", kind=ItemKind.PHONE, required=True,
             zh="客户投诉手机号码", en="Complainant's number"),
        Item(name="district", kind=ItemKind.TEXT, required=True, zh="归属区县", en="District"),
        Item(name="problem", kind=ItemKind.LONG_TEXT, required=True,
             zh="投诉问题", en="What is complained of"),
        Item(name="findings", kind=ItemKind.LONG_TEXT, required=True,
             zh="核实情况", en="Verified so far"),
        Item(name="dissatisfaction", kind=ItemKind.LONG_TEXT, required=True,
             zh="不满意点", en="What the customer is not satisfied with"),
        Item(name="difficulty", kind=ItemKind.LONG_TEXT, required=True,
             zh="处理难点", en="Why it is difficult"),
    ),
)  # fmt: skip


async def install(session: AsyncSession, at: Instant) -> Form:
    """Put in what ships where there is nothing yet; the sheet in force.

    What a centre set itself stays as it is.
    """
    await WarningRepository(session).lock_presets()
    known = {rule.code for rule in await deadlines.every(session, "ew.")}
    for code, target in TARGETS.items():
        if code not in known:
            unit = TimeUnit.NATURAL_DAY if code in DAILY else TimeUnit.WALL
            rule = DeadlineRule(code=code, effective_at=Instant(0), target=target, unit=unit)
            await deadlines.put(session, rule, after=0)
    if not await forms.versions(session, SHEET.kind):
        await forms.publish(session, SHEET, after=0, by="", at=at)
    return await forms.form(session, SHEET.kind)

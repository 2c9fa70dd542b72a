"""Work orders of the demonstration: in every state, some nearly late, one with a warning."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import CustomerId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases import seed
from lianxi.modules.cases.contracts import Case, NewCase, Wanted
from lianxi.modules.identity import facade as identity
from lianxi.modules.warnings import facade as warnings
from lianxi.modules.warnings.contracts import NewWarning
from lianxi.modules.warnings.contracts import Wanted as WarningWish
from lianxi.modules.warnings.keeping import Warnings

log = structlog.get_logger(__name__)

MINUTE_MS = 60_000

_WHO = {
    "dispatch": Permission.CASES_DISPATCH,
    "explain": Permission.CASES_DISPATCH,
    "callback": Permission.CASES_CALL_BACK,
    "approve": Permission.CASES_REVIEW,
    "urge": Permission.CASES_CREATE,
}
"""Who does what; everything else is done by the area."""
_NORTH = {"area": seed.NORTH}
_SOUTH = {"area": seed.SOUTH}
_DONE = {"workers": ["示范维修员"], "text": "已上门处理,客户确认恢复正常"}


@dataclass(frozen=True, slots=True)
class Deed:
    """An event of a work order."""

    event: str
    after_min: float
    """Since the one before."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


_TO_NORTH = (Deed("dispatch", 6, _NORTH), Deed("accept", 7))
_TO_SOUTH = (Deed("dispatch", 9, _SOUTH), Deed("accept", 5))
_FINISHED = (*_TO_NORTH, Deed("complete", 40, _DONE))
_HEARD = (*_FINISHED, Deed("callback", 30, {"result": "satisfied"}))


@dataclass(frozen=True, slots=True)
class Told:
    """What a customer asked for, and what became of it until now."""

    kind: str
    title: str
    content: str
    place: str
    ago_min: float
    deeds: tuple[Deed, ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    warned_at_store: str = ""


STORY = (
    Told("complaint_goods", "电饭煲加热后跳闸", "购买两天,加热十分钟后跳闸,要求换货", "城北", 4,
         answers={"demand": "exchange"}),
    Told("member_card", "补办会员卡", "卡片遗失,要求保留积分补办", "城南", 11),
    Told("business_card", "商务卡开户", "公司开户,需要上门收取资料", "城南", 27),
    Told("complaint_service", "收银排队过长", "周末收银台只开两个,排队半小时", "城北", 64,
         _TO_NORTH, {"demand": "apology"}),
    Told("points_rebate", "积分未到账", "上周消费积分没有到账", "城北", 130, _TO_NORTH),
    Told("group_purchase", "团购送货时间", "二十箱饮用水,希望周三上午送到", "城南", 95,
         (Deed("dispatch", 9, _SOUTH), Deed("urge", 70))),
    Told("complaint_environment", "停车场积水", "负一层出口积水,车辆无法通过", "城南", 180,
         (*_TO_SOUTH, Deed("suspend", 50, reason="等待排水设备")), {"demand": "repair"}),
    Told("complaint_goods", "冰箱噪声大", "夜间噪声明显,要求上门检测", "城北", 150,
         (*_TO_NORTH, Deed("misdispatch", 12, reason="该门店属于城南工区")), {"demand": "repair"}),
    Told("complaint_service", "送货未预约", "送货员未电话预约,家中无人", "城北", 160,
         (*_TO_NORTH, Deed("misdispatch", 12, reason="配送由城南工区负责"),
          Deed("explain", 8, reason="配送站已划归城南")), {"demand": "apology"}),
    Told("member_card", "会员资料更正", "姓名录入错误,要求更正", "城北", 300, _FINISHED),
    Told("points_rebate", "返利金额不符", "返利比公示少两个百分点", "城北", 420,
         (*_FINISHED, Deed("callback", 60, {"result": "unreachable"}))),
    Told("complaint_goods", "奶粉临期", "保质期只剩一个月,要求退款", "城北", 1_500,
         (*_FINISHED, Deed("callback", 30, {"result": "unsatisfied"}),
          Deed("dispatch", 20, _SOUTH), Deed("accept", 9)), {"demand": "refund"}),
    Told("business_card", "商务卡挂失", "卡片遗失,要求挂失并补办", "城北", 1_700, _HEARD),
    Told("group_purchase", "团购发票抬头", "发票抬头有误,要求重开", "城北", 2_900,
         (*_HEARD, Deed("approve", 90))),
    Told("complaint_service", "多次反映未处理", "第三次来电反映同一问题,要求店长答复", "城南", 200,
         _TO_SOUTH, {"demand": "other", "demand_text": "要求店长当面道歉"}, "城南店"),
)  # fmt: skip


WARNED = (
    ("submit", 22, ""),
    ("approve", 41, "情况属实,请店长答复"),
    ("handle", 35, "已联系当事员工,正在核实"),
)
"""How far the warning has come: the store manager's opinion is what is due next."""
SHEET = {
    "district": "城南",
    "problem": "第三次来电反映同一问题",
    "findings": "前两次来电均未回复客户",
    "dissatisfaction": "无人答复",
    "difficulty": "客户要求店长当面道歉",
}


@dataclass(slots=True)
class OrdersPlayed:
    """Plays the story up to now, in a centre that has no work orders.

    Args:
        zone: the centre's time zone.
        now: where the story ends.
        customers: who called, one after the other.
    """

    zone: str
    now: Instant
    customers: Mapping[str, CustomerId]
    people: dict[Permission, Caller] = field(default_factory=dict)

    async def play(self, session: AsyncSession) -> int:
        """Make them; how many."""
        for needed in {*_WHO.values(), Permission.CASES_SUPERVISE}:
            found = await identity.people_with(session, needed)
            account = await identity.open_account(session, found[0].id) if found else None
            if account is None:
                log.warning("demo.nobody_may", permission=needed.value)
                return 0
            self.people[needed] = account[1]
        numbers = list(self.customers) or [""]
        for place, told in enumerate(STORY):
            await self._one(session, told, numbers[place % len(numbers)])
        return len(STORY)

    async def _one(self, session: AsyncSession, told: Told, number: str) -> None:
        at = Instant(int(self.now - told.ago_min * MINUTE_MS))
        new = NewCase(
            kind=told.kind,
            title=told.title,
            content=told.content,
            customer=self.customers.get(number),
            phone=number,
            place=told.place,
            answers=told.answers,
        )
        orders = cases.orders(self.zone)
        creator = self.people[Permission.CASES_CREATE]
        case = await cases.create(session, orders, new, by=creator, at=at)
        for deed in told.deeds:
            at = Instant(int(at + deed.after_min * MINUTE_MS))
            wanted = Wanted(event=deed.event, reason=deed.reason, facts=deed.facts)
            by = await self._who(session, deed, case)
            case = await cases.happen(session, orders, case.id, wanted, by=by, at=at)
        if told.warned_at_store:
            warning = NewWarning(
                case=case.id, store=told.warned_at_store, reason="多次反映,客户要求店长答复"
            )
            await self._warned(session, warning, number, at)

    async def _warned(
        self, session: AsyncSession, new: NewWarning, number: str, at: Instant
    ) -> None:
        by, chain = self.people[Permission.CASES_SUPERVISE], Warnings(self.zone)
        made = await warnings.classify(session, chain, new, by=by, at=at)
        for event, after_min, text in WARNED:
            at = Instant(int(at + after_min * MINUTE_MS))
            answers = {**SHEET, "phone": number} if event == "submit" else {}
            wish = WarningWish(event=event, text=text, answers=answers)
            await warnings.happen(session, chain, made.id, wish, by=by, at=at)

    async def _who(self, session: AsyncSession, deed: Deed, case: Case) -> Caller:
        if deed.event in _WHO:
            return self.people[_WHO[deed.event]]
        staff: tuple[UserId, ...] = await cases.area_staff(session, case.area or "")
        account = await identity.open_account(session, staff[0]) if staff else None
        return account[1] if account else self.people[Permission.CASES_SUPERVISE]

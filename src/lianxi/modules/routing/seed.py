"""The queues, agents, numbers and reasons of the demonstration centre."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.routing import AgentSetup, Disposition, NumberRule, Queue, Reason
from lianxi.kernel.ids import AgentId, CalendarId, FlowId, QueueId, TeamId
from lianxi.modules.routing import facade
from lianxi.modules.routing.contracts import Hours, OpeningHours

HOTLINE = "4001"
WELCOME = FlowId("welcome")
SALES, SERVICE, OPERATOR = QueueId("sales"), QueueId("service"), QueueId("operator")

_ANYWHERE = (
    Disposition(code="wrong_number", name="打错电话", name_en="Wrong number"),
    Disposition(code="other", name="其他", name_en="Other"),
)

QUEUES = [
    Queue(
        id=SALES,
        name="售前",
        name_en="Sales",
        dispositions=(
            Disposition(code="inquiry", name="产品咨询", name_en="Product inquiry"),
            Disposition(code="order", name="下单意向", name_en="Wants to order"),
            Disposition(code="price", name="价格优惠", name_en="Price and offers"),
            *_ANYWHERE,
        ),
    ),
    Queue(
        id=SERVICE,
        name="售后",
        name_en="Service",
        dispositions=(
            Disposition(code="repair", name="报修", name_en="Repair"),
            Disposition(code="return", name="退换货", name_en="Return or exchange"),
            Disposition(code="delivery", name="物流查询", name_en="Where is my order"),
            Disposition(code="complaint", name="投诉", name_en="Complaint"),
            *_ANYWHERE,
        ),
    ),
    Queue(
        id=OPERATOR,
        name="人工",
        name_en="Operator",
        dispositions=(
            Disposition(code="inquiry", name="一般咨询", name_en="General inquiry"),
            Disposition(code="forwarded", name="转告同事", name_en="Passed on"),
            *_ANYWHERE,
        ),
    ),
]

SERVES: dict[AgentId, tuple[QueueId, ...]] = {
    AgentId("8001"): (SALES, SERVICE, OPERATOR),
    AgentId("8002"): (SALES, SERVICE, OPERATOR),
    AgentId("8003"): (SALES, OPERATOR),
    AgentId("8004"): (SALES, OPERATOR),
    AgentId("8005"): (SERVICE, OPERATOR),
    AgentId("8006"): (SERVICE, OPERATOR),
}

REASONS = [
    Reason(code="break", name="小休", name_en="Short break"),
    Reason(code="meal", name="用餐", name_en="Meal"),
    Reason(code="training", name="培训", name_en="Training"),
    Reason(code="meeting", name="会议", name_en="Meeting"),
]

HOURS = [
    OpeningHours(id=CalendarId("always"), name="全天", name_en="Always", always=True),
    OpeningHours(
        id=CalendarId("office"),
        name="工作时间",
        name_en="Office hours",
        weekly={day: (Hours(9 * 60, 18 * 60),) for day in range(5)},
    ),
]


async def plant(
    session: AsyncSession, *, teams: Mapping[AgentId, TeamId], names: Mapping[AgentId, str]
) -> None:
    """Store the demonstration centre's routing. The tables must be empty, the teams there.

    Args:
        session: the transaction.
        teams: the team of each agent.
        names: what each agent is called.
    """
    await facade.plant(
        session,
        queues=QUEUES,
        agents=[
            AgentSetup(id=agent, no=agent, name=names[agent], team=teams[agent], queues=queues)
            for agent, queues in SERVES.items()
        ],
        numbers=[NumberRule(number=HOTLINE, flow=WELCOME)],
        reasons=REASONS,
        hours=HOURS,
    )


async def plant_basics(session: AsyncSession) -> None:
    """Store reasons and opening hours alone: no queue, nobody, no number. Tables as above."""
    await facade.plant(session, queues=[], agents=[], numbers=[], reasons=REASONS, hours=HOURS)

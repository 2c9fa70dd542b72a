"""The centre of the scripted hour: three queues, three agents, one menu, two trunks."""

from lianxi.engine.messages.expressions import FactName, FromFact
from lianxi.engine.messages.flow import (
    CallbackNode,
    Flow,
    HangUpNode,
    MenuNode,
    PlayNode,
    QueueNode,
    SurveyNode,
)
from lianxi.engine.messages.flow_values import Choice, Question
from lianxi.engine.messages.routing import (
    AgentSetup,
    AnnouncementRule,
    Destination,
    Disposition,
    NumberRule,
    OverflowRule,
    Queue,
    Reason,
    Routing,
    WrapUpRule,
)
from lianxi.engine.messages.trunks import Route, Trunk
from lianxi.engine.messages.values import OverflowWhen, WrapUpMode
from lianxi.kernel.ids import AgentId, FlowId, NodeId, PromptName, QueueId, TeamId, TrunkId
from lianxi.kernel.time import Millis

SALES, SERVICE, VIP = QueueId("sales"), QueueId("service"), QueueId("vip")
MENU, TO_SALES, TO_SERVICE, TO_VIP, NARROW = "4000", "4101", "4100", "4102", "4103"
CARRIER, SMALL = TrunkId("carrier"), TrunkId("small")
TRUNK_OF = {NARROW: SMALL}
"""Calls to this number come on a trunk of one channel."""

SALES_WITHIN_S, SERVICE_WITHIN_S, VIP_WITHIN_S = 20, 30, 20
SALES_SHORT_S, SERVICE_SHORT_S, VIP_SHORT_S = 10, 20, 20
VIP_WAITS_S = 30
"""Nobody serves it: so long callers wait there, then they are sales's."""

CODES = tuple(
    Disposition(code=code, name=name, name_en=code.capitalize())
    for code, name in (("order", "下单"), ("question", "咨询"), ("fault", "报修"))
)


def routing() -> Routing:
    """What holds in that hour."""
    return Routing(
        version=1,
        queues=(
            _queue(SALES, "售前", SALES_WITHIN_S, SALES_SHORT_S),
            _queue(SERVICE, "售后", SERVICE_WITHIN_S, SERVICE_SHORT_S),
            _queue(VIP, "贵宾", VIP_WITHIN_S, VIP_SHORT_S, _overflow()),
        ),
        agents=(
            _agent("8001", "a", SALES),
            _agent("8002", "b", SERVICE),
            _agent("8003", "b", SERVICE),
        ),
        flows=(_menu(),),
        numbers=(
            NumberRule(number=MENU, flow=FlowId("menu")),
            NumberRule(number=TO_SALES, queue=SALES),
            NumberRule(number=TO_SERVICE, queue=SERVICE),
            NumberRule(number=TO_VIP, queue=VIP),
            NumberRule(number=NARROW, queue=SERVICE),
        ),
        reasons=(
            Reason(code="meal", name="用餐", name_en="Meal"),
            Reason(code="break", name="小休", name_en="Break"),
        ),
        trunks=(
            Trunk(id=CARRIER, name="线路一", server="127.0.0.1:5060", caller_number="4000"),
            Trunk(id=SMALL, name="线路二", channels=1),
        ),
        routes=(Route(pattern="X.", trunks=(CARRIER,)),),
    )


def _queue(
    queue: QueueId, name: str, within_s: int, short_s: int, overflow: tuple[OverflowRule, ...] = ()
) -> Queue:
    return Queue(
        id=queue,
        name=name,
        name_en=queue.capitalize(),
        answer_within=Millis(within_s * 1000),
        short_abandon=Millis(short_s * 1000),
        wrap_up=WrapUpRule(mode=WrapUpMode.FREE),
        announcements=AnnouncementRule(every=Millis(0)),
        dispositions=CODES,
        overflow=overflow,
    )


def _overflow() -> tuple[OverflowRule, ...]:
    return (
        OverflowRule(
            when=OverflowWhen.WAITED, threshold=VIP_WAITS_S * 1000, to=Destination(queue=SALES)
        ),
    )


def _agent(number: str, team: str, *queues: QueueId) -> AgentSetup:
    return AgentSetup(
        id=AgentId(number), no=number, name=f"坐席{number}", team=TeamId(team), queues=queues
    )


def _menu() -> Flow:
    """1 sales, 2 service, 3 callback by service, 4 a piece of information, 5 two questions."""
    node, prompt = NodeId, PromptName
    choices = ("sales", "service", "callback", "known", "survey")
    return Flow(
        id=FlowId("menu"),
        version=1,
        name="总机",
        start=node("menu"),
        nodes={
            node("menu"): MenuNode(
                prompts=(prompt("main_menu"),),
                choices=tuple(
                    Choice(digit=str(digit), next=node(name), name=name, name_en=name)
                    for digit, name in enumerate(choices, start=1)
                ),
                default=node("over"),
                wait=Millis(60_000),
            ),
            node("sales"): QueueNode(queue=SALES, prompts=()),
            node("service"): QueueNode(queue=SERVICE, prompts=()),
            node("callback"): CallbackNode(
                queue=SERVICE,
                number=FromFact(fact=FactName.CALLER),
                prompts=(prompt("callback_number"),),
                wait=Millis(60_000),
                next=node("over"),
                declined=node("over"),
            ),
            node("known"): PlayNode(prompts=(prompt("outage_announcement"),), next=node("over")),
            node("survey"): SurveyNode(
                questions=tuple(
                    Question(id=name, prompts=(prompt(f"survey_{name}"),))
                    for name in ("agent", "matter")
                ),
                wait=Millis(60_000),
                retries=0,
                next=node("over"),
            ),
            node("over"): HangUpNode(prompts=()),
        },
    )

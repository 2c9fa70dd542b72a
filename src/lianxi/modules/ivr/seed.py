"""The flow of the demonstration centre's hotline."""

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.flow import Flow, MenuNode, PlayNode, QueueNode
from lianxi.engine.messages.flow_values import Choice
from lianxi.kernel.ids import FlowId, NodeId, PromptName, QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.ivr import facade
from lianxi.modules.ivr.prompts import Prompts

_SALES, _SERVICE, _OPERATOR = NodeId("to_sales"), NodeId("to_service"), NodeId("to_operator")
_MENU = NodeId("menu")

WELCOME = Flow(
    id=FlowId("welcome"),
    version=0,
    name="欢迎流程",
    start=NodeId("greeting"),
    nodes={
        NodeId("greeting"): PlayNode(
            name="欢迎语",
            name_en="Greeting",
            prompts=(PromptName("welcome"), PromptName("recording_notice")),
            next=_MENU,
        ),
        _MENU: MenuNode(
            name="主菜单",
            name_en="Main menu",
            prompts=(PromptName("main_menu"),),
            choices=(
                Choice(digit="1", next=_SALES, name="售前", name_en="Sales"),
                Choice(digit="2", next=_SERVICE, name="售后", name_en="Service"),
                Choice(digit="0", next=_OPERATOR, name="人工", name_en="Operator"),
            ),
            default=_OPERATOR,
        ),
        _SALES: QueueNode(name="售前排队", name_en="Sales queue", queue=QueueId("sales")),
        _SERVICE: QueueNode(name="售后排队", name_en="Service queue", queue=QueueId("service")),
        _OPERATOR: QueueNode(name="人工排队", name_en="Operator queue", queue=QueueId("operator")),
    },
)


async def plant(session: AsyncSession, *, prompts: Prompts, at: Instant) -> None:
    """Publish the hotline's flow. The queues must be there."""
    await facade.publish(session, WELCOME, prompts=prompts, at=at, by=None)

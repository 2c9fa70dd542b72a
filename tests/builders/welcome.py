"""The flow that answers the small centre's number."""

from lianxi.engine.messages.flow import Flow, HangUpNode, HoursNode, MenuNode, PlayNode, QueueNode
from lianxi.engine.messages.flow_values import Choice
from lianxi.kernel.ids import CalendarId, FlowId, NodeId, PromptName, QueueId


def welcome(version: int = 1) -> Flow:
    """Greeting, notice, menu 1 sales, 2 service, 0 and default operator."""

    def into(queue: QueueId) -> QueueNode:
        return QueueNode(queue=queue, prompts=(PromptName("please_hold"),))

    return Flow(
        id=FlowId("welcome"),
        version=version,
        name="欢迎",
        start=NodeId("hours"),
        nodes={
            NodeId("hours"): HoursNode(
                calendar=CalendarId("always"), open=NodeId("greet"), closed=NodeId("closed")
            ),
            NodeId("greet"): PlayNode(
                prompts=(PromptName("welcome"), PromptName("recording_notice")), next=NodeId("menu")
            ),
            NodeId("menu"): MenuNode(
                prompts=(PromptName("main_menu"),),
                choices=(
                    Choice(digit="1", next=NodeId("sales"), name="售前", name_en="Sales"),
                    Choice(digit="2", next=NodeId("service"), name="售后", name_en="Service"),
                    Choice(digit="0", next=NodeId("operator"), name="人工", name_en="Operator"),
                ),
                default=NodeId("operator"),
            ),
            NodeId("sales"): into(QueueId("sales")),
            NodeId("service"): into(QueueId("service")),
            NodeId("operator"): into(QueueId("operator")),
            NodeId("closed"): HangUpNode(prompts=(PromptName("closed_now"),)),
        },
    )

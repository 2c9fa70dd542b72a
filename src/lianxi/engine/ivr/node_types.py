"""Which type of node does what: the one table."""

from typing import Any

from lianxi.engine.ivr.node_type import NodeType
from lianxi.engine.ivr.nodes.announcement import Announcement
from lianxi.engine.ivr.nodes.callback import Callback
from lianxi.engine.ivr.nodes.collect import Collect
from lianxi.engine.ivr.nodes.condition import Condition
from lianxi.engine.ivr.nodes.customer import Customer
from lianxi.engine.ivr.nodes.fax import Fax
from lianxi.engine.ivr.nodes.hang_up import HangUp
from lianxi.engine.ivr.nodes.hours import Hours
from lianxi.engine.ivr.nodes.http import Http
from lianxi.engine.ivr.nodes.identity import Identity
from lianxi.engine.ivr.nodes.language import Language
from lianxi.engine.ivr.nodes.menu import Menu
from lianxi.engine.ivr.nodes.play import Play
from lianxi.engine.ivr.nodes.queue import Queue
from lianxi.engine.ivr.nodes.say import Say
from lianxi.engine.ivr.nodes.set_variable import Set
from lianxi.engine.ivr.nodes.split import Split
from lianxi.engine.ivr.nodes.sub_flow import Return, SubFlow
from lianxi.engine.ivr.nodes.survey import Survey
from lianxi.engine.ivr.nodes.transfer import Transfer
from lianxi.engine.ivr.nodes.voicemail import Voicemail
from lianxi.engine.messages.flow import (
    AnnouncementNode,
    CallbackNode,
    CollectNode,
    ConditionNode,
    CustomerNode,
    FaxNode,
    HangUpNode,
    HoursNode,
    HttpNode,
    IdentityNode,
    LanguageNode,
    MenuNode,
    PlayNode,
    QueueNode,
    ReturnNode,
    SayNode,
    SetNode,
    SplitNode,
    SubFlowNode,
    SurveyNode,
    TransferNode,
    VoicemailNode,
)
from lianxi.engine.messages.node import Node

NODE_TYPES: dict[type[Node], NodeType[Any]] = {
    PlayNode: Play(),
    SayNode: Say(),
    MenuNode: Menu(),
    CollectNode: Collect(),
    IdentityNode: Identity(),
    HoursNode: Hours(),
    ConditionNode: Condition(),
    SetNode: Set(),
    HttpNode: Http(),
    CustomerNode: Customer(),
    QueueNode: Queue(),
    TransferNode: Transfer(),
    VoicemailNode: Voicemail(),
    FaxNode: Fax(),
    CallbackNode: Callback(),
    SurveyNode: Survey(),
    SubFlowNode: SubFlow(),
    ReturnNode: Return(),
    SplitNode: Split(),
    LanguageNode: Language(),
    HangUpNode: HangUp(),
    AnnouncementNode: Announcement(),
}

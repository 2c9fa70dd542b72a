"""How contacts went through each step, counted from the facts of a journal the engine wrote."""

import pytest

from lianxi.db.session import Database
from lianxi.engine.messages.flow import CollectNode, MenuNode, ReturnNode, SubFlowNode
from lianxi.engine.messages.flow_values import Choice
from lianxi.kernel.ids import FlowId
from lianxi.kernel.time import Instant
from lianxi.modules.ivr.repository import FlowRepository
from lianxi.projections.projector import Projector
from tests.builders.centre import Centre
from tests.builders.flows import HELLO, HOTLINE, a_flow, a_routing_of, n
from tests.builders.list_journal import ListJournal
from tests.builders.story import Line

pytestmark = pytest.mark.db

SUB = a_flow({"start": ReturnNode()}, name="sub", version=4)
MENU = MenuNode(
    prompts=HELLO,
    choices=(Choice(digit="1", next=n("sales")), Choice(digit="2", next=n("code"))),
    default=n("end"),
)
CODE = CollectNode(prompts=HELLO, variable="code", next=n("end"), default=n("end"))


async def test_steps_are_counted_by_version_node_and_outcome(database: Database) -> None:
    call = SubFlowNode(flow=FlowId("sub"), next=n("menu"))
    centre = Centre(a_routing_of(a_flow({"start": call, "menu": MENU, "code": CODE}), SUB))
    # Given one caller in the input, one in a queue, one who hung up in the menu, one still there
    for name in ("c1", "c2", "c3", "c4"):
        centre.calls(name, HOTLINE)
    centre.presses("c1", "2")
    centre.presses("c2", "1")
    centre.hangs_up("c3")
    # And one on the next version
    centre.publishes(a_routing_of(a_flow({"start": MENU, "code": CODE}, version=2), SUB))
    centre.calls("c5", HOTLINE)
    lines = [Line(position, event) for position, event in enumerate(centre.journal, start=1)]
    await Projector(database.sessions, ListJournal(lines)).catch_up()

    async with database.sessions() as session:
        flows = FlowRepository(session)
        found = {
            (c.version, c.node): c for c in await flows.counts(FlowId("welcome"), since=Instant(0))
        }
        sub = await flows.counts(FlowId("sub"), since=Instant(0))
        later = await flows.counts(FlowId("welcome"), since=Instant(1))
    assert set(found) == {(1, "start"), (1, "menu"), (1, "code"), (1, "sales"), (2, "start")}
    menu = found[1, n("menu")]
    assert (menu.entered, menu.here, menu.left) == (4, 1, {"chosen": 2, "caller_gone": 1})
    assert (found[1, n("code")].here, found[2, n("start")].here) == (1, 1)
    assert [(c.version, c.node, c.left) for c in sub] == [(4, "start", {"done": 4})]
    assert later == []

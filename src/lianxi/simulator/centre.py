"""The scenario as the engine sees it: one routing, and another while an announcement is on."""

import msgspec

from lianxi.engine.messages.flow import AnyNode, Flow, HangUpNode, MenuNode, PlayNode, QueueNode
from lianxi.engine.messages.flow_values import Choice
from lianxi.engine.messages.routing import AgentSetup, NumberRule, Reason, Routing
from lianxi.kernel.ids import AgentId, FlowId, NodeId, PromptName, QueueId
from lianxi.kernel.time import Instant, Millis
from lianxi.simulator.arrivals import touches
from lianxi.simulator.scenario import DAY, Announcement, Menu, Scenario, Stream, Team

NEWS = PromptName("outage_announcement")
"""The prompt after which callers may hang up content."""

GREETING = PromptName("welcome")
ASKING = NodeId("menu")
"""The node at which callers choose."""

THINKING = Millis(120_000)
"""A menu's patience: every caller gets to press the key that the scenario says."""

REASONS = (
    Reason(code="break", name="小休", name_en="Break"),
    Reason(code="meal", name="用餐", name_en="Meal"),
    Reason(code="shift_over", name="下班", name_en="Shift over"),
)


def dialled(stream: Stream) -> str:
    """The number this stream's callers dial."""
    return stream.number or f"queue-{stream.queue}"


def agents_of(team: Team) -> list[AgentId]:
    """Every agent the team ever needs."""
    return [AgentId(f"{team.id}-{number:03d}") for number in range(1, team.size + 1)]


def keys(menu: Menu) -> list[str]:
    """The digit of each choice; 1, 2, 3 … where none is given."""
    return [choice.digit or str(number) for number, choice in enumerate(menu.choices, start=1)]


class Desk:
    """Routings of one scenario, in the order in which they come into force."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._agents = tuple(
            _setup(team, agent) for team in scenario.teams for agent in agents_of(team)
        )
        known = {reason.code for reason in scenario.routing.reasons}
        self._reasons = scenario.routing.reasons + tuple(
            reason for reason in REASONS if reason.code not in known
        )

    def routings(self) -> list[tuple[Instant, Routing]]:
        """Moments and what holds from each on."""
        begins = self._scenario.begins
        news = [h for h in self._scenario.happenings if isinstance(h, Announcement)]
        moments = {begins}
        for each in news:
            first = begins + (each.day - 1) * DAY
            moments |= {Instant(first + each.begins), Instant(first + each.ends)}
        found = []
        for version, at in enumerate(sorted(moments), start=1):
            on = [each for each in news if _is_on(each, Instant(begins), at)]
            found.append((at, self._routing(version, on)))
        return found

    def _routing(self, version: int, news: list[Announcement]) -> Routing:
        menus = {menu.number: menu for menu in self._scenario.menus}
        flows: dict[str, Flow] = {}
        rules: list[NumberRule] = []
        for stream in self._scenario.streams:
            number = dialled(stream)
            if any(rule.number == number for rule in rules):
                continue
            heard = any(touches(each, stream) for each in news)
            if stream.queue is not None and not heard:
                rules.append(NumberRule(number=number, queue=stream.queue))
                continue
            menu = menus.get(stream.number)
            flows[number] = _flow(number, version, menu, stream.queue, heard=heard)
            rules.append(NumberRule(number=number, flow=FlowId(number)))
        return msgspec.structs.replace(
            self._scenario.routing,
            version=version,
            queues=tuple(line.queue for line in self._scenario.lines),
            agents=self._agents,
            flows=tuple(flows.values()),
            numbers=tuple(rules),
            reasons=self._reasons,
        )


def _setup(team: Team, agent: AgentId) -> AgentSetup:
    own = team.setup or AgentSetup(id=agent, no="", name="", team=team.id, queues=team.queues)
    return msgspec.structs.replace(own, id=agent, no=str(agent), name=str(agent), team=team.id)


def _is_on(news: Announcement, begins: Instant, at: Instant) -> bool:
    first = begins + (news.day - 1) * DAY
    return first + news.begins <= at < first + news.ends


def _flow(
    number: str, version: int, menu: Menu | None, queue: QueueId | None, *, heard: bool
) -> Flow:
    """Announcement if there is one, greeting, menu, queue."""
    nodes: dict[NodeId, AnyNode] = {}
    if menu is None:
        assert queue is not None, "reading a scenario refuses this"
        start = NodeId("queue")
        nodes[start] = QueueNode(queue=queue, prompts=())
    else:
        start = ASKING
        choices = []
        for digit, option in zip(keys(menu), menu.choices, strict=True):
            node = NodeId(f"queue-{digit}")
            nodes[node] = QueueNode(queue=option.queue, prompts=())
            choices.append(Choice(digit=digit, next=node, name=option.name, name_en=option.name_en))
        nodes[NodeId("over")] = HangUpNode(prompts=())
        nodes[ASKING] = MenuNode(
            prompts=(PromptName("main_menu"),),
            choices=tuple(choices),
            default=choices[0].next,
            wait=THINKING,
        )
        if menu.greeting:
            nodes[NodeId("greeting")] = PlayNode(prompts=(GREETING,), next=ASKING)
            start = NodeId("greeting")
    if heard:
        nodes[NodeId("news")] = PlayNode(prompts=(NEWS,), next=start)
        start = NodeId("news")
    return Flow(id=FlowId(number), version=version, name=number, start=start, nodes=nodes)

"""What nodes of random flows lead to and speak of."""

from dataclasses import dataclass
from random import Random

from lianxi.engine.messages.expressions import (
    AnyCondition,
    AnyOperand,
    Compare,
    Constant,
    FactName,
    FromFact,
    FromVariable,
    Not,
    Operator,
    Variable,
    VariableKind,
)
from lianxi.kernel.ids import AgentId, CalendarId, FlowId, NodeId, PromptName, QueueId

ALWAYS, OFFICE = CalendarId("always"), CalendarId("office")
SUB = FlowId("sub")
"""The flow that the others call."""

SAYS = (PromptName("welcome"),)
KEYS = "12345"
VARIABLES = (
    Variable(name="text"),
    Variable(name="number", kind=VariableKind.NUMBER, default=3),
    Variable(name="yes", kind=VariableKind.BOOLEAN),
)
COUNTS = (FactName.WAITING, FactName.SIGNED_IN, FactName.AVAILABLE, FactName.ESTIMATED_WAIT)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes one flow: what it may lead to, and the places its nodes stand in."""

    random: Random
    queues: tuple[QueueId, ...]
    agents: tuple[AgentId, ...]
    places: int
    is_sub: bool
    version: int
    """Stands in the nodes' names, so that nobody walks on in another version unseen."""
    is_publishable: bool = False
    """Says nothing that a check before publishing would refuse."""

    def node(self, place: int) -> NodeId:
        """The node that stands there."""
        return NodeId(f"v{self.version}_{place}")

    def on(self, here: int) -> NodeId:
        """A node further on."""
        return self.node(self.random.randint(here + 1, self.places))

    def anywhere(self, here: int) -> NodeId:
        """Mostly further on; sometimes back, for nodes that ask the caller first."""
        if self.random.random() < 0.15:
            return self.node(self.random.randint(0, here))
        return self.on(here)

    def says(self) -> tuple[PromptName, ...]:
        """Something, or nothing."""
        return self.random.choice((SAYS, SAYS, ()))

    def asks(self) -> tuple[PromptName, ...]:
        """The words of a question. Without any, the flow may not be published."""
        return SAYS if self.is_publishable else self.says()

    def calendar(self) -> CalendarId:
        """One of the centre's, or one that is none."""
        known = (ALWAYS, OFFICE)
        return self.random.choice(known if self.is_publishable else (*known, CalendarId("no-such")))

    def queue(self) -> QueueId:
        """One of the centre's; it may be removed later."""
        return self.random.choice(self.queues)

    def text(self) -> AnyOperand:
        """A text or a text variable."""
        caller = FromFact(fact=FactName.CALLER)
        return self.random.choice(
            (Constant(value="13900139000"), caller, FromVariable(name="text"))
        )

    def number(self) -> AnyOperand:
        """A number from anywhere."""
        fact = FromFact(fact=self.random.choice(COUNTS), of=self.queue())
        return self.random.choice((Constant(value=2), FromVariable(name="number"), fact))

    def condition(self) -> AnyCondition:
        """Something that holds or not."""
        compared = self.random.choice(
            (
                Compare(left=self.number(), operator=Operator.MORE, right=self.number()),
                Compare(left=self.text(), operator=Operator.EQUALS, right=self.text()),
                Compare(
                    left=FromVariable(name="yes"),
                    operator=Operator.EQUALS,
                    right=Constant(value=True),
                ),
            )
        )
        return Not(of=compared) if self.random.random() < 0.3 else compared

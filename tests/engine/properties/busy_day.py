"""What may happen on a busy floor besides: text channels, transfers, callbacks, supervisors."""

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from lianxi.engine.messages.agent_inputs import (
    CallbackAsked,
    ContactPulled,
    ContactRanked,
    MergeAsked,
    OfferTaken,
    TransferAsked,
)
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.inputs import ContactArrived, RoutingPublished
from lianxi.engine.messages.routing import (
    AgentSkill,
    Capacity,
    Destination,
    Load,
    MergeRule,
    MissRule,
    OverflowRule,
    Queue,
    QueueMove,
    QueueSeat,
    Reason,
    Routing,
    Stage,
)
from lianxi.engine.messages.values import Channel, OverflowWhen, Policy, RingStrategy
from lianxi.kernel.ids import (
    AgentId,
    ContactId,
    FlowId,
    GroupId,
    LegId,
    OfferId,
    QueueId,
    SkillName,
)
from lianxi.kernel.time import Instant, Millis
from tests.builders.centre import ANNA, BEN, CLEO, SALES, SERVICE, a_queue
from tests.builders.floor import DOORS, VOICE_OR_CHATS, a_floor, an_agent
from tests.engine.properties.day import AGENTS, PICKS, AnyDay

Needs = tuple[SkillNeed, ...]
GROUP = GroupId("both")
ENGLISH = SkillName("english")
CHANNELS = (*[Channel.VOICE] * 4, Channel.CHAT, Channel.CHAT, Channel.EMAIL, Channel.TASK)
STAGES = (Stage(after=Millis(0), level=6), Stage(after=Millis(15_000), level=1))
MAILS_ASIDE = Capacity(
    combinations=((Load(channel=Channel.VOICE, most=1),), (Load(channel=Channel.EMAIL, most=2),)),
    interruptible=(Channel.EMAIL,),
)
STAFF = (
    an_agent(ANNA, SALES, SERVICE, capacity=VOICE_OR_CHATS),
    an_agent(
        BEN, SALES, seats=(QueueSeat(queue=SALES, level=5),), capacity=MAILS_ASIDE,
        skills=(AgentSkill(skill=ENGLISH, level=5),),
    ),
    an_agent(CLEO, SERVICE, capacity=VOICE_OR_CHATS),
)  # fmt: skip
REASONS = (
    Reason(code="break", name="小休", name_en="Break", allowance=Millis(20_000)),
    Reason(code="meal", name="缓一缓", name_en="Recovery", returns_after=Millis(10_000)),
)
DESTINATIONS = (
    Destination(queue=SALES),
    Destination(queue=SERVICE),
    Destination(agent=ANNA),
    Destination(agent=BEN),
    Destination(flow=FlowId("welcome")),
    Destination(callback=True),
)


def _on(when: OverflowWhen, threshold: int, to: Destination) -> OverflowRule:
    return OverflowRule(when=when, threshold=threshold, to=to)


def _floor(sales: Queue, service: Queue, **rules: object) -> Routing:
    group = MergeRule(
        id=GROUP, queues=(SALES, SERVICE), longest_wait=Millis(20_000), length=4,
        calm_for=Millis(10_000),
    )  # fmt: skip
    facts: dict[str, object] = {"reasons": REASONS, "merges": (group,), "most_hops": 4, **rules}
    return a_floor([sales, service], STAFF, **facts)


def _routings() -> list[Routing]:
    to_sales, to_service = DESTINATIONS[:2]
    soon = _on(OverflowWhen.WAITED, 8_000, to_service)
    patient = MissRule(limit=3, no_answer=Millis(2_000))
    back = _on(OverflowWhen.LENGTH, 2, to_sales)
    nobody = _on(OverflowWhen.NO_AGENTS, 3_000, Destination(callback=True))
    sales = a_queue(SALES, stages=STAGES, overflow=(soon,), misses=patient)
    service = a_queue(SERVICE, priority=1, overflow=(back, nobody), last_agent=Millis(5_000))
    found = [
        _floor(sales, service),
        _floor(
            msgspec.structs.replace(sales, strategy=RingStrategy.RING_ALL),
            msgspec.structs.replace(service, strategy=RingStrategy.ROUND_ROBIN, reserved=1),
        ),
        _floor(
            msgspec.structs.replace(sales, strategy=RingStrategy.MOST_SKILLED, share=3.0),
            msgspec.structs.replace(service, strategy=RingStrategy.LEAST_OCCUPIED),
            policy=Policy.FIXED_RATIO,
        ),
        a_floor(
            [msgspec.structs.replace(service, overflow=())], STAFF,
            moves=(QueueMove(gone=SALES, to=SERVICE),),
        ),
    ]  # fmt: skip
    return [msgspec.structs.replace(r, version=100 + n) for n, r in enumerate(found)]


ROUTINGS = _routings()


class BusyDay(AnyDay):
    """Any day of a floor with everything on it."""

    def __init__(self) -> None:
        super().__init__()
        self.say(RoutingPublished(at=Instant(0), routing=ROUTINGS[0]))

    def offered_now(self, pick: int) -> OfferId:
        """An offer that is live, or one that never was."""
        living = sorted(self.engine.state.offers)
        return living[pick] if pick < len(living) else OfferId("o0")

    @rule(
        queue=st.sampled_from([SALES, SERVICE]),
        channel=st.sampled_from(CHANNELS),
        priority=st.sampled_from([0, 0, 1, -1]),
        needs=st.sampled_from([(), (), (), (SkillNeed(skill=ENGLISH, level=3),)]),
        wanted=st.sampled_from([None, None, ANNA, CLEO]),
    )
    def comes(
        self, queue: QueueId, channel: Channel, priority: int, needs: Needs, wanted: AgentId | None
    ) -> None:
        self.callers += 1
        contact = ContactId(f"c{self.callers}")
        leg = LegId(f"{contact}-leg" if channel is Channel.VOICE else "")
        self.say(
            ContactArrived(
                at=self.later(), contact=contact, leg=leg, channel=channel,
                dialled=DOORS[queue], caller=str(self.callers % 3),
                priority=priority, needs=needs, wanted=wanted,
            )
        )  # fmt: skip

    @precondition(lambda self: self.engine.state.offers)
    @rule(pick=PICKS, agent=AGENTS, own=st.integers(0, 4))
    def takes(self, pick: int, agent: AgentId, own: int) -> None:
        offer = self.offered_now(pick)
        known = self.engine.state.offers.get(offer)
        taker = known.agent if known is not None and own else agent
        self.say(OfferTaken(at=self.later(), agent=taker, offer=offer))

    @rule(pick=PICKS, to=st.sampled_from(DESTINATIONS), agent=AGENTS)
    def hands_on(self, pick: int, to: Destination, agent: AgentId) -> None:
        contact = self.picked(pick)
        known = self.engine.state.contacts.get(contact)
        by = known.agent if known is not None and known.agent is not None else agent
        asked = TransferAsked(at=self.later(), agent=by, contact=contact, to=to)
        self.say(asked)

    @rule(
        pick=PICKS,
        to=st.sampled_from(DESTINATIONS),
        what=st.sampled_from(["pull", "rank", "merge", "apart", "publish"]),
        number=st.integers(0, len(ROUTINGS) - 1),
    )
    def supervises(self, pick: int, to: Destination, what: str, number: int) -> None:
        at, contact = self.later(), self.picked(pick)
        match what:
            case "pull":
                self.say(ContactPulled(at=at, contact=contact, to=to, by="lead"))
            case "rank":
                self.say(ContactRanked(at=at, contact=contact, priority=number, by="lead"))
            case "publish":
                self.say(RoutingPublished(at=at, routing=ROUTINGS[number]))
            case _:
                self.say(MergeAsked(at=at, group=GROUP, merged=what == "merge", by="lead"))

    @rule(
        pick=PICKS,
        queue=st.sampled_from([None, SALES, SERVICE]),
        number=st.sampled_from(["1", "2", ""]),
        later=st.sampled_from([None, 5_000, 30_000]),
    )
    def wants_a_callback(
        self, pick: int, queue: QueueId | None, number: str, later: int | None
    ) -> None:
        at = self.later()
        due = None if later is None else Instant(at + later)
        contact = self.picked(pick)
        if contact == "nobody":
            self.callers += 1
            contact = ContactId(f"web{self.callers}")
        self.say(CallbackAsked(at=at, contact=contact, number=number, queue=queue, due=due))

"""Plays the script: each deed of the table, by the people of the switch in memory."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from lianxi.channels.fake.calling import customer_answers
from lianxi.drills.hour.centre import TRUNK_OF, routing
from lianxi.drills.hour.script import BEGINS, ENDS_S, HOUR
from lianxi.drills.hour.virtual import VirtualCentre
from lianxi.engine.messages.agent_inputs import (
    AgentSignedIn,
    AgentSignedOut,
    AgentStateAsked,
    HangUpAsked,
    HoldAsked,
    OfferTaken,
    ResumeAsked,
    TransferAsked,
    WrapUpFinished,
)
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.parties import (
    ConferenceAsked,
    ConsultAsked,
    ConsultCompleted,
    LeaveAsked,
    Target,
)
from lianxi.engine.messages.routing import Destination
from lianxi.engine.messages.values import DeviceKind, Intent
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, QueueId
from lianxi.kernel.time import Instant

ZONE = ZoneInfo("Asia/Shanghai")


class Line(NamedTuple):
    """One line of the script."""

    second: int
    who: str
    deed: str
    rest: str


class ScriptWrong(Exception):
    """A line that cannot be played: nobody's deed, or not possible then."""


def moment(second: float) -> Instant:
    """A second of the hour."""
    began = datetime.strptime(BEGINS, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
    return Instant(round(began.timestamp() * 1000) + round(second * 1000))


def lines(script: str = HOUR) -> list[Line]:
    """The lines of a script.

    Raises:
        ScriptWrong: a deed that nobody knows, or lines out of order.
    """
    found: list[Line] = []
    for text in script.strip().splitlines():
        second, who, words = text.split(maxsplit=2)
        deed = next((one for one in DEEDS if words == one or words.startswith(f"{one} ")), None)
        if deed is None or (found and int(second) < found[-1].second):
            raise ScriptWrong(text)
        found.append(Line(int(second), who, deed, words.removeprefix(deed).strip()))
    return found


def played(script: str = HOUR, ends_s: int = ENDS_S) -> list[Event]:
    """The journal of the hour."""
    people = People()
    for line in lines(script):
        people.centre.wait_until(moment(line.second))
        try:
            DEEDS[line.deed](people, line.who, line.rest)
        except (KeyError, AssertionError) as error:
            raise ScriptWrong(f"{line}: {error!r}") from error
        people.centre.settle()
    people.centre.wait_until(moment(ends_s))
    return people.centre.events


class People:
    """Everybody of the hour, and what each can do."""

    def __init__(self) -> None:
        self.centre = VirtualCentre(routing(), moment(0), TRUNK_OF)
        self._contacts: dict[str, ContactId] = {}

    # --- callers

    def calls(self, who: str, number: str) -> None:
        """The caller's own number ends with the caller's."""
        own = f"13800000{int(who[1:]):03d}"
        self._contacts[who] = self.centre.world.caller_arrives(own, number)

    def presses(self, who: str, digit: str) -> None:
        """A key."""
        self.centre.world.caller_presses(self._contacts[who], digit)

    def caller_hangs_up(self, who: str, _: str) -> None:
        """The caller has enough."""
        self.centre.world.caller_hangs_up(self._contacts[who])

    def answers_callback(self, who: str, _: str) -> None:
        """The telephone at home is picked up."""
        called = next(leg for leg in self.centre.world.legs.values() if leg.is_outward)
        customer_answers(self.centre.world, called.id)

    # --- agents

    def comes(self, who: str, _: str) -> None:
        """To the desk, with a telephone, ready."""
        self.centre.say(
            AgentSignedIn(
                at=self.centre.at,
                agent=AgentId(who),
                session="desk",
                device=DeviceKind.BROWSER,
                endpoint=self._endpoint(who),
            )
        )
        self.centre.world.device_registers(self._endpoint(who))
        self.centre.settle()
        self._wants(who, Intent.READY, "")

    def goes(self, who: str, _: str) -> None:
        """Home."""
        self.centre.say(AgentSignedOut(at=self.centre.at, agent=AgentId(who)))

    def picks_up(self, who: str, _: str) -> None:
        """The telephone that rings."""
        self.centre.world.agent_answers(self._endpoint(who))

    def pauses(self, who: str, reason: str) -> None:
        """Not ready."""
        self._wants(who, Intent.NOT_READY, reason)

    def wants_calls(self, who: str, _: str) -> None:
        """Ready."""
        self._wants(who, Intent.READY, "")

    def holds(self, who: str, _: str) -> None:
        """Music for the customer."""
        agent, contact = self._talk_of(who)
        self.centre.say(HoldAsked(at=self.centre.at, agent=agent, contact=contact))

    def resumes(self, who: str, _: str) -> None:
        """Back to the customer."""
        agent, contact = self._talk_of(who)
        self.centre.say(ResumeAsked(at=self.centre.at, agent=agent, contact=contact))

    def ends(self, who: str, _: str) -> None:
        """The agent hangs up."""
        agent, contact = self._talk_of(who)
        self.centre.say(HangUpAsked(at=self.centre.at, agent=agent, contact=contact))

    def transfers(self, who: str, rest: str) -> None:
        """Without consulting, to a queue."""
        agent, contact = self._talk_of(who)
        queue, reason = rest.split(": ")
        to = Destination(queue=QueueId(queue))
        self.centre.say(
            TransferAsked(at=self.centre.at, agent=agent, contact=contact, to=to, reason=reason)
        )

    def consults(self, who: str, colleague: str) -> None:
        """A colleague, while the customer hears music."""
        agent, contact = self._talk_of(who)
        to = Target(agent=AgentId(colleague))
        self.centre.say(ConsultAsked(at=self.centre.at, agent=agent, contact=contact, to=to))

    def hands_over(self, who: str, reason: str) -> None:
        """To who was consulted."""
        agent, contact = self._talk_of(who)
        self.centre.say(
            ConsultCompleted(
                at=self.centre.at, agent=agent, contact=contact, reason=reason.removeprefix(": ")
            )
        )

    def confers(self, who: str, _: str) -> None:
        """All three hear each other."""
        agent, contact = self._talk_of(who)
        self.centre.say(ConferenceAsked(at=self.centre.at, agent=agent, contact=contact))

    def leaves(self, who: str, _: str) -> None:
        """Out of the conference; the others go on."""
        agent, contact = self._talk_of(who)
        self.centre.say(LeaveAsked(at=self.centre.at, agent=agent, contact=contact))

    def takes(self, who: str, _: str) -> None:
        """The callback that is offered."""
        agent = AgentId(who)
        offer = self.centre.state.agents[agent].offer
        assert offer is not None, "nothing is offered"
        self.centre.say(OfferTaken(at=self.centre.at, agent=agent, offer=offer))

    def is_done(self, who: str, code: str) -> None:
        """With the after-call work."""
        agent = AgentId(who)
        work = self.centre.state.agents[agent].wrap_up
        assert work is not None, "there is no after-call work"
        self.centre.say(
            WrapUpFinished(at=self.centre.at, agent=agent, contact=work.contact, disposition=code)
        )

    # --- what they have in hand

    def _wants(self, who: str, to: Intent, reason: str) -> None:
        asked = AgentStateAsked(at=self.centre.at, agent=AgentId(who), to=to, reason=reason)
        self.centre.say(asked)

    def _talk_of(self, who: str) -> tuple[AgentId, ContactId]:
        agent = AgentId(who)
        contact = self.centre.state.agents[agent].contact
        assert contact is not None, "there is no conversation"
        return agent, contact

    @staticmethod
    def _endpoint(who: str) -> Endpoint:
        return Endpoint(f"ag-{who}")


DEEDS: dict[str, Callable[[People, str, str], None]] = {
    "calls": People.calls,
    "presses": People.presses,
    "hangs up": People.caller_hangs_up,
    "answers the callback": People.answers_callback,
    "comes": People.comes,
    "goes": People.goes,
    "picks up": People.picks_up,
    "pauses for": People.pauses,
    "wants calls again": People.wants_calls,
    "holds": People.holds,
    "resumes": People.resumes,
    "ends it": People.ends,
    "transfers to": People.transfers,
    "consults": People.consults,
    "hands over:": People.hands_over,
    "makes it a conference": People.confers,
    "leaves": People.leaves,
    "takes the callback": People.takes,
    "is done": People.is_done,
}
"""What people do, in the words of the script."""

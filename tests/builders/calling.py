"""Calls that agents make, in the words of the field."""

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.calling import CallAsked, CallPlaced, ColleagueCallAsked
from lianxi.engine.messages.inputs import LegAnswered, LegEnded, LegJoined, LegRinging
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.ids import AgentId, QueueId
from tests.builders.centre import Centre, at, only

NUMBER = "13900139000"


class CallingCentre(Centre):
    """A centre whose agents call."""

    def calls_out(
        self, agent: AgentId, number: str = NUMBER, queue: QueueId | None = None
    ) -> CallPlaced:
        """An agent wants to call a number; the own device is rung."""
        asked = CallAsked(at=at(self.now), agent=agent, number=number, queue=queue)
        return only(self.say(asked), CallPlaced)

    def calls_colleague(self, agent: AgentId, to: AgentId) -> CallPlaced:
        """An agent wants to call a colleague."""
        return only(self.say(ColleagueCallAsked(at=at(self.now), agent=agent, to=to)), CallPlaced)

    def device_answers(self, call: CallPlaced) -> list[Event]:
        """The agent's own device is there: the other side is called."""
        return self.say(LegAnswered(at=at(self.now), leg=call.agent_leg))

    def rings_there(self, call: CallPlaced) -> list[Event]:
        """It rings at the other side."""
        return self.say(LegRinging(at=at(self.now), leg=call.leg))

    def is_answered(self, call: CallPlaced) -> list[Event]:
        """Who was called picks up, and the two are joined."""
        events = self.say(LegAnswered(at=at(self.now), leg=call.leg))
        joined = LegJoined(at=at(self.now), contact=call.contact, leg=call.agent_leg)
        return events + self.say(joined)

    def other_ends(self, call: CallPlaced, cause: LegCause = LegCause.NORMAL) -> list[Event]:
        """The leg of who was called ends, or never came about."""
        return self.say(LegEnded(at=at(self.now), leg=call.leg, cause=cause))

    def own_ends(self, call: CallPlaced, cause: LegCause = LegCause.NORMAL) -> list[Event]:
        """The agent's own leg ends."""
        return self.say(LegEnded(at=at(self.now), leg=call.agent_leg, cause=cause))

    def talks_to(self, agent: AgentId, queue: QueueId | None = None) -> CallPlaced:
        """A call out that was answered."""
        call = self.calls_out(agent, queue=queue)
        self.device_answers(call)
        self.rings_there(call)
        self.is_answered(call)
        return call

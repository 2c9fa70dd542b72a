"""A small outbound floor around the real engine, in the words of the field."""

import msgspec

from lianxi.engine.dialer.memory import CampaignMemory, Dial
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.campaigns import (
    Campaign,
    DialMode,
    DialPlan,
    DialProgress,
    DialRecord,
)
from lianxi.engine.messages.dialing import (
    BlockListPublished,
    CallProgress,
    DialPlanPublished,
    DialStarted,
    PreviewMade,
    PreviewSkipped,
    PreviewTaken,
    RecordsLoaded,
    RecordsRecalled,
)
from lianxi.engine.messages.routing import Calendar, Opening
from lianxi.engine.messages.values import Phase
from lianxi.kernel.ids import AgentId, BlockListId, CalendarId, CampaignId, RecordId
from lianxi.kernel.time import Instant
from tests.builders.centre import ANNA, BEN, CLEO, SALES, Centre, a_queue, a_routing, at

SPRING = CampaignId("spring")
NEVER = BlockListId("never")


def a_campaign(mode: DialMode = DialMode.PROGRESSIVE, **rules: object) -> Campaign:
    """A campaign of the sales queue."""
    facts: dict[str, object] = {
        "id": SPRING,
        "queue": SALES,
        "mode": mode,
        "caller_number": "4001",
        "block_lists": (NEVER,),
        **rules,
    }
    return Campaign(**facts)  # type: ignore[arg-type]


def a_record(number: int, /, **facts: object) -> DialRecord:
    """Record r<number> of the telephone number ending in it."""
    given: dict[str, object] = {
        "id": RecordId(f"r{number}"),
        "number": f"1380000{number:04}",
        **facts,
    }
    return DialRecord(**given)  # type: ignore[arg-type]


def hours(*stretches: tuple[float, float], name: str = "day") -> Calendar:
    """Open in these stretches, in seconds of the story."""
    return Calendar(
        id=CalendarId(name),
        openings=tuple(Opening(opens=at(a), closes=at(b)) for a, b in stretches),
    )


class Floor(Centre):
    """One campaign, three agents."""

    def __init__(
        self,
        campaign: Campaign | None = None,
        *,
        calendars: tuple[Calendar, ...] = (),
        staff: tuple[AgentId, ...] = (ANNA, BEN, CLEO),
    ) -> None:
        super().__init__(a_routing(a_queue(SALES), agents={name: (SALES,) for name in staff}))
        self.calendars = calendars
        self.publishes_campaign(campaign or a_campaign())

    # --- reading

    @property
    def campaign(self) -> CampaignMemory:
        """What is known of the campaign."""
        return self.state.dialing.campaigns[SPRING]

    @property
    def dials(self) -> list[Dial]:
        """Open dials, the oldest first."""
        return list(self.state.dialing.dials.values())

    def dial_of(self, number: int) -> Dial:
        """The open dial of a record."""
        return next(dial for dial in self.dials if dial.record.id == f"r{number}")

    def dial_is_open(self, number: int) -> bool:
        """Whether a record is being dialled."""
        return any(dial.record.id == f"r{number}" for dial in self.dials)

    def started(self) -> list[str]:
        """Records dialled so far, in order."""
        return [event.record for event in self.facts(DialStarted)]

    def previews(self) -> list[PreviewMade]:
        """Records read so far."""
        return self.facts(PreviewMade)

    # --- the campaign

    def publishes_campaign(self, *campaigns: Campaign) -> list[Event]:
        """The campaigns are these from now on."""
        plan = DialPlan(campaigns=campaigns, calendars=self.calendars)
        return self.say(DialPlanPublished(at=at(self.now), plan=plan))

    def changes_campaign(self, **rules: object) -> list[Event]:
        """The campaign goes on with other rules."""
        return self.publishes_campaign(msgspec.structs.replace(self.campaign.rule, **rules))

    def loads(self, *records: DialRecord) -> list[Event]:
        """Records are handed in; the pacing they wake has its moment."""
        events = self.say(RecordsLoaded(at=at(self.now), campaign=SPRING, records=records))
        return events + self.wait(0)

    def say_loaded(self, campaign: CampaignId, *records: DialRecord) -> list[Event]:
        """Records of another campaign."""
        return self.say(RecordsLoaded(at=at(self.now), campaign=campaign, records=records))

    def recalls(self, *numbers: int) -> list[Event]:
        """Records are taken back."""
        gone = tuple(RecordId(f"r{number}") for number in numbers)
        return self.say(RecordsRecalled(at=at(self.now), campaign=SPRING, records=gone))

    def blocks(self, *numbers: str, removed: tuple[str, ...] = ()) -> list[Event]:
        """Numbers that nobody may dial any more."""
        return self.say(
            BlockListPublished(at=at(self.now), list=NEVER, added=numbers, removed=removed)
        )

    # --- people called

    def hears(self, number: int, progress: DialProgress) -> list[Event]:
        """The switch says how the dial of a record goes on."""
        return self.say(
            CallProgress(at=at(self.now), dial=self.dial_of(number).id, progress=progress)
        )

    def say_late(self, progress: DialProgress) -> list[Event]:
        """The switch speaks about the last dial, which may be over."""
        dial = self.facts(DialStarted)[-1].dial
        return self.say(CallProgress(at=at(self.now), dial=dial, progress=progress))

    def answers_phone(self, number: int) -> list[Event]:
        """The person picks up."""
        return self.hears(number, DialProgress.ANSWERED)

    def reaches(self, number: int, agent: AgentId) -> list[Event]:
        """The person picks up and the agent is there at once."""
        return self.answers_phone(number) + self.answers(agent)

    def through(self, number: int, agent: AgentId) -> list[Event]:
        """The person is spoken to, hangs up, and the agent completes the after-call work."""
        contact = self.dial_of(number).contact
        events = self.reaches(number, agent)
        events += self.hangs_up(contact)
        return events + self.completes(agent, contact)

    def is_told_why(self, contact: str) -> list[Event]:
        """A dropped person hears the announcement to its end."""
        assert self.phase(contact) is not Phase.ENDED
        return self.hears_all(contact)

    # --- agents

    def takes(self, agent: AgentId, preview: PreviewMade) -> list[Event]:
        """The agent has read the record: dial."""
        return self.say(PreviewTaken(at=at(self.now), agent=agent, dial=preview.dial))

    def skips(self, agent: AgentId, preview: PreviewMade) -> list[Event]:
        """The agent passes the record by."""
        return self.say(PreviewSkipped(at=at(self.now), agent=agent, dial=preview.dial))


def earned(floor: Floor, answers: int) -> None:
    """The campaign had so many answers without a drop before the story begins."""
    for _ in range(answers):
        floor.campaign.account.answered(Instant(0))

"""Any day on which the clock is set back now and then: waits stay waits, nobody is lost."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from lianxi.engine.messages.inputs import Tick
from lianxi.kernel.time import Instant
from tests.engine.properties.test_switchboard import LawfulDay

pytestmark = pytest.mark.unit


class SetBackDay(LawfulDay):
    """The laws of any day hold, but for the three that compare with the present hour."""

    @rule(seconds=st.sampled_from([1, 30, 3600]))
    def clock_is_set_back(self, seconds: int) -> None:
        self.now -= seconds * 1000
        self.say(Tick(at=Instant(self.now)))

    def every_reservation_has_an_owner_and_a_deadline(self) -> None:
        """The deadline of joining may lie an hour ahead."""

    def every_deadline_is_to_come_and_about_something_living(self) -> None:
        """Something may be due again that has just been concluded."""

    def nothing_is_dated_in_the_future(self) -> None:
        """Everything of the hour before is."""

    def who_came_back_from_a_lost_agent_is_first_in_line(self) -> None:
        """Holds, but costs time here."""


TestSetBackDay = pytest.mark.timeout(400)(SetBackDay.TestCase)
TestSetBackDay.settings = settings(max_examples=40, stateful_step_count=50, deadline=None)

"""Callers in a flow: what they hear, which key they press, when they have heard enough."""

from lianxi.engine.messages import events as e
from lianxi.engine.messages.inputs import ContactGone, DigitPressed, PlaybackEnded
from lianxi.kernel.time import Instant
from lianxi.simulator.actors import IN_FLOW, Caller
from lianxi.simulator.centre import ASKING
from lianxi.simulator.floor import Floor
from lianxi.simulator.stage import KEY, PROMPT


class Lobby(Floor):
    """Everybody who has not reached a queue yet. See `Stage` for the arguments."""

    def _press(self, at: int, caller: Caller) -> None:
        """The caller chooses, or has enough of the menu."""
        if caller.phase != IN_FLOW:
            return
        option = caller.day.option[caller.row]
        if option < 0:
            self.tally.happen(self.tally.lost_in_menu, at)
            self._say(ContactGone(at=Instant(at), contact=caller.contact))
            return
        digit = self._manners.digit(caller.day.stream[caller.row], option)
        self._say(DigitPressed(at=Instant(at), contact=caller.contact, digit=digit))

    def _heard(self, at: int, prompt: e.PromptBegan) -> None:
        """A playing is over; after news, some know enough."""
        caller = self._open.get(prompt.contact)
        if caller is None:
            return
        if caller.phase == IN_FLOW and self._manners.is_content(prompt, caller):
            self.tally.happen(self.tally.sent_away, at)
            self._say(ContactGone(at=Instant(at), contact=caller.contact))
            return
        self._say(PlaybackEnded(at=Instant(at), contact=prompt.contact, playback=prompt.playback))

    def _prompted(self, prompt: e.PromptBegan) -> None:
        self._push(prompt.at + self._manners.length(prompt, self._open), PROMPT, prompt)

    def _stepped(self, step: e.StepEntered) -> None:
        caller = self._open.get(step.contact)
        if step.node == ASKING and caller is not None:
            self._push(step.at + caller.day.think[caller.row], KEY, caller)

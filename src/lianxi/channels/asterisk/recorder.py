"""Calls out are recorded by the switch from the answer on; callers are, by the dialplan.

Asked at the switch's console: ARI cannot, and the manager interface would want a right that lets
commands of the system be run.
"""

from collections.abc import Callable, Mapping
from typing import Final

from lianxi.channels.asterisk.control import ControlSocket
from lianxi.channels.asterisk.errors import SwitchSilent
from lianxi.channels.asterisk.hands import Doing, Hands
from lianxi.channels.asterisk.reporting import Reporter
from lianxi.channels.asterisk.wire import ChannelView, Variable
from lianxi.engine.messages.base import Command
from lianxi.engine.messages.inputs import RecordingProblem
from lianxi.engine.messages.pausing import START_FAILED
from lianxi.engine.messages.recordings import StartRecording
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.time import Instant

FOLDER: Final = "LX_RECORDINGS"
"""A global variable of the dialplan: where recordings lie."""

NOT_FOUND: Final = "No channel matching"


class Recorder:
    """Starts recordings.

    Args:
        control: the console; None = nothing can be recorded.
    """

    def __init__(
        self,
        hands: Hands,
        reporter: Reporter,
        *,
        control: ControlSocket | None,
        now: Callable[[], Instant],
    ) -> None:
        self._hands = hands
        self._control = control
        self._reporter = reporter
        self._now = now

    @property
    def commands(self) -> Mapping[type[Command], Doing]:
        """What is done here."""
        return {StartRecording: self._start}

    def failed(self, command: Command, fault: ChannelFault) -> None:
        """The agent is told, and the record says why there is none."""
        if isinstance(command, StartRecording):
            at, contact = self._now(), command.contact
            self._reporter.say(RecordingProblem(at=at, contact=contact, code=START_FAILED))

    async def _start(self, command: StartRecording) -> None:
        ari = self._hands.ari
        folder = await ari.get(f"asterisk/variable?variable={FOLDER}", Variable)
        channel = await ari.get(f"channels/{command.leg}", ChannelView)
        file = f"{folder.value}/{command.recording}"
        if self._control is None:
            raise ChannelFault("no console to begin a recording at", temporary=False)
        try:
            if file in await self._control.ask(f"mixmonitor list {channel.name}"):
                return  # asked for again after a start
            said = await self._control.ask(f'mixmonitor start {channel.name} "{file},D"')
        except SwitchSilent as silent:
            raise ChannelFault(silent.code, temporary=True) from silent
        if NOT_FOUND in said:
            raise ChannelFault(said.strip(), temporary=False)

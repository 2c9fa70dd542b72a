"""Recordings in memory: begun, silent and going on again."""

from typing import TYPE_CHECKING

from lianxi.engine.messages.commands import PauseRecording, ResumeRecording
from lianxi.engine.messages.inputs import RecordingProblem
from lianxi.engine.messages.pausing import PAUSE_FAILED, RESUME_FAILED, START_FAILED
from lianxi.engine.messages.recordings import StartRecording

if TYPE_CHECKING:
    from lianxi.channels.fake.world import World

FAILED = {
    StartRecording: START_FAILED, PauseRecording: PAUSE_FAILED, ResumeRecording: RESUME_FAILED,
}  # fmt: skip


def record(world: "World", command: StartRecording | PauseRecording | ResumeRecording) -> None:
    """Do it; of a leg that is gone it is said that it failed."""
    leg = world.legs.get(command.leg)
    if leg is None:
        code = FAILED[type(command)]
        world.say(RecordingProblem(at=world.now(), contact=command.contact, code=code))
    elif isinstance(command, StartRecording):
        leg.is_recorded = True
    else:
        leg.is_recording_paused = isinstance(command, PauseRecording)

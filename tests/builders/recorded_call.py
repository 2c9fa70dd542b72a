"""A call that was answered, ended and recorded, in a centre of tests."""

import math
import struct
import wave
from pathlib import Path

from lianxi.db.session import Database
from lianxi.journal.memory import MemoryJournal
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings.contracts import RecordingState
from lianxi.modules.recordings.models import RecordingRow
from lianxi.projections.projector import Projector
from tests.builders.web_centre import WebCentre

RATE = 8_000
PEAKS = 200


def a_sound(path: Path, seconds: int) -> None:
    """Write two channels: a tone on the left in the first half, on the right in the second."""
    frames = bytearray()
    for moment in range(RATE * seconds):
        tone = int(9_000 * math.sin(moment * 2 * math.pi * 440 / RATE))
        is_first = moment < RATE * seconds / 2
        frames += struct.pack("<hh", tone if is_first else 0, 0 if is_first else tone)
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as sound:
        sound.setparams((2, 2, RATE, 0, "NONE", ""))
        sound.writeframes(bytes(frames))


async def projected(database: Database, journal: MemoryJournal) -> None:
    """The tables tell what the journal does."""
    await Projector(database.sessions, journal).catch_up()


async def a_recorded_call(
    centre: WebCentre, agent: str = "8001", *, seconds: int = 10
) -> ContactId:
    """Somebody calls, is answered by the agent, talks, hangs up; the recording is there.

    Args:
        centre: the agent's desk is not taken yet.
        agent: who answers.
        seconds: of talk, and of the recording.
    """
    async with centre.browser(agent) as desk:
        await desk.takes_desk(f"tab-{agent}")
        await centre.device_registers(agent)
        await desk.post("/desk/state", {"to": "ready"})
        contact = await centre.caller_waits(f"call-{agent}")
        centre.later(4)
        await centre.agent_picks_up(agent)
        centre.later(seconds)
        await centre.caller_hangs_up(contact)
        centre.later(3)
        done = {"contact": contact, "disposition": "repair", "note": "已报修", "then": None}
        answer = await desk.post("/desk/wrap-up/finish", done)
        assert answer.is_success, answer.text
    await projected(centre.database, centre.journal)
    name = f"{contact}.wav"
    a_sound(centre.settings.paths.recordings_wav / name, seconds)
    half = [0.4] * (PEAKS // 2) + [0.0] * (PEAKS // 2)
    async with centre.database.sessions.begin() as session:
        session.add(
            RecordingRow(
                contact=contact, state=RecordingState.READY, raw_name="", wav_path=name,
                duration_ms=seconds * 1000, peaks=[half, half[::-1]], made_at=Instant(centre.at),
            )
        )  # fmt: skip
    return contact

"""Recordings over HTTP: ranges, permissions, scope, and a trace of each listening."""

import hashlib
import io
import os
import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from httpx2 import AsyncClient
from sqlalchemy import select

from lianxi.db.session import Database
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.modules.recordings import router as playback
from lianxi.modules.recordings.contracts import RecordingFolders
from lianxi.modules.recordings.jobs import Finisher
from lianxi.modules.recordings.listening import Listening
from lianxi.modules.recordings.rules import BYTES_PER_MS
from lianxi.office.audit.models import AuditTableRow
from lianxi.projections.projector import Projector
from tests.builders.list_journal import ListJournal
from tests.builders.small_app import a_caller, browser, small_app
from tests.builders.story import Story

pytestmark = pytest.mark.db

Client = Callable[..., AsyncClient]
LISTEN = (Permission.RECORDS_READ, Permission.RECORDS_PLAY)


@pytest.fixture
async def client(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., AsyncClient]:
    monkeypatch.setattr(playback, "LISTENING", Listening())
    folders = RecordingFolders(
        raw=tmp_path / "raw", wav=tmp_path / "wav", keys=tmp_path / "keys.json"
    )
    folders.raw.mkdir()
    raw = folders.raw / "c1.raw"
    raw.write_bytes(bytes(range(256)) * 125 * 8)
    story = Story()
    closed = story.at(8) / 1000
    os.utime(raw, (closed, closed))
    story.agent_comes(0, "a1")
    story.caller_queues(0, "c1")
    story.agent_answers(2, "c1", "a1")
    story.ends(8, "c1")
    story.caller_queues(20, "c2")
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()
    await Finisher(database.sessions, folders, now=lambda: story.at(60)).finish_ended()

    def as_caller(*permissions: Permission, **who: object) -> AsyncClient:
        app = small_app(
            database,
            a_caller(*permissions, **who),  # type: ignore[arg-type]
            [playback.router],
            now=story.at(60),
        )
        provide(app, RecordingFolders, folders)
        return browser(app)

    return as_caller


async def acts(database: Database) -> list[str]:
    async with database.sessions() as session:
        rows = await session.scalars(select(AuditTableRow).order_by(AuditTableRow.id))
        return [f"{row.act} {row.object}" for row in rows]


async def test_a_recording_is_played_whole(client: Client, database: Database) -> None:
    answer = await client(*LISTEN).get("/api/records/c1/recording")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "audio/wav"
    assert len(answer.content) == 44 + 6_000 * BYTES_PER_MS
    assert answer.content[:4] == b"RIFF"


async def test_a_player_asks_for_ranges_and_is_one_listening(
    client: Client, database: Database
) -> None:
    player = client(*LISTEN)
    first = await player.get("/api/records/c1/recording", headers={"Range": "bytes=0-99"})
    later = await player.get("/api/records/c1/recording", headers={"Range": "bytes=1000-1009"})
    assert (first.status_code, later.status_code) == (206, 206)
    assert later.headers["content-range"] == f"bytes 1000-1009/{44 + 6_000 * BYTES_PER_MS}"
    assert len(later.content) == 10
    assert await acts(database) == ["recording.played recording:c1"]


async def test_downloading_needs_its_own_permission_and_leaves_its_own_trace(
    client: Client, database: Database
) -> None:
    refused = await client(*LISTEN).get("/api/records/c1/recording?download=1")
    assert refused.status_code == 403
    assert await acts(database) == []
    given = await client(*LISTEN, Permission.RECORDS_DOWNLOAD).get(
        "/api/records/c1/recording?download=1"
    )
    assert given.headers["content-disposition"] == 'attachment; filename="c1.wav"'
    assert await acts(database) == ["recording.downloaded recording:c1"]


@pytest.mark.parametrize(
    ("permissions", "who", "path", "status", "code"),
    [
        ((Permission.RECORDS_READ,), {}, "c1/recording", 403, "forbidden"),
        (LISTEN, {"scope": Scope.SELF, "agent": "a9"}, "c1/recording", 404, "recording_not_found"),
        (LISTEN, {"scope": Scope.SELF, "agent": "a9"}, "c1/peaks", 404, "recording_not_found"),
        (LISTEN, {}, "c2/recording", 409, "recording_not_ready"),
        (LISTEN, {}, "nobody/recording", 404, "recording_not_found"),
        (LISTEN, {}, "..%2f..%2fsecrets.json/recording", 404, "not_found"),
    ],
)
async def test_what_cannot_be_played_says_why(
    client: Client,
    permissions: tuple[Permission, ...],
    who: dict[str, object],
    path: str,
    status: int,
    code: str,
) -> None:
    answer = await client(*permissions, **who).get(f"/api/records/{path}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_file_that_vanished_is_said_to_be_lost(client: Client, tmp_path: Path) -> None:
    for path in (tmp_path / "wav").rglob("*.lxr"):
        path.unlink()
    answer = await client(*LISTEN).get("/api/records/c1/recording")
    assert (answer.status_code, answer.json()["code"]) == (410, "recording_lost")


async def test_a_copy_to_keep_says_inside_who_took_it_and_the_audit_says_why(
    client: Client, database: Database
) -> None:
    keeper = client(*LISTEN, Permission.RECORDS_DOWNLOAD)
    given = await keeper.get("/api/records/c1/recording", params={"download": 1, "why": "投诉 7"})
    with wave.open(io.BytesIO(given.content)) as wav:
        assert wav.getnframes() == 6 * 8000
    assert int.from_bytes(given.content[4:8], "little") == len(given.content) - 8
    note = given.content[44 + 6_000 * BYTES_PER_MS :]
    assert note[:4] == b"LIST"
    assert "投诉 7" in note.decode(errors="replace")
    async with database.sessions() as session:
        (row,) = await session.scalars(select(AuditTableRow))
    assert (row.reason, len(row.facts["sha256"])) == ("投诉 7", 64)


async def test_nothing_on_the_disk_can_be_heard_without_the_key(
    client: Client, tmp_path: Path
) -> None:
    (file,) = [path for path in (tmp_path / "wav").rglob("*") if path.is_file()]
    assert bytes(range(256)) not in file.read_bytes()
    assert hashlib.sha256(file.read_bytes()).hexdigest() == file.stem
    (tmp_path / "keys.json").unlink()
    answer = await client(*LISTEN).get("/api/records/c1/recording")
    assert (answer.status_code, answer.json()["code"]) == (410, "recording_unreadable")


async def test_an_altered_file_is_not_played(client: Client, tmp_path: Path) -> None:
    (file,) = (tmp_path / "wav").rglob("*.lxr")
    stored = bytearray(file.read_bytes())
    stored[30] ^= 1
    file.write_bytes(stored)
    answer = await client(*LISTEN).get("/api/records/c1/recording")
    assert (answer.status_code, answer.json()["code"]) == (410, "recording_unreadable")


@pytest.mark.parametrize(
    ("asked", "status", "length", "told"),
    [
        ("bytes=0-", 206, 192_044, "bytes 0-192043/192044"),
        ("bytes=-10", 206, 10, "bytes 192034-192043/192044"),
        ("bytes=65530-65550", 206, 21, "bytes 65530-65550/192044"),
        ("bytes=192000-999999", 206, 44, "bytes 192000-192043/192044"),
        ("bytes=192044-", 416, 0, "bytes */192044"),
        ("bytes=-0", 416, 0, "bytes */192044"),
        ("bytes=0-1,5-6", 200, 192_044, None),
        ("bytes=9-3", 200, 192_044, None),
        ("seconds=1-2", 200, 192_044, None),
        ("bytes=a-b", 200, 192_044, None),
    ],
)
async def test_a_part_is_what_was_asked_for(
    client: Client, asked: str, status: int, length: int, told: str | None
) -> None:
    player = client(*LISTEN)
    whole = (await player.get("/api/records/c1/recording")).content
    answer = await player.get("/api/records/c1/recording", headers={"Range": asked})
    assert (answer.status_code, len(answer.content)) == (status, length)
    assert answer.headers.get("content-range") == told
    if status == 206 and told is not None:
        first = int(told.split()[1].split("-")[0])
        assert answer.content == whole[first : first + length]


async def test_the_picture_has_two_channels(client: Client) -> None:
    drawn = (await client(*LISTEN).get("/api/records/c1/peaks")).json()
    assert drawn["duration_ms"] == 6_000
    assert [len(channel) for channel in drawn["channels"]] == [2000, 2000]
    assert 0 < max(drawn["channels"][0]) <= 1

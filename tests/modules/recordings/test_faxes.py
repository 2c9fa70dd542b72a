"""A fax that came in is kept at once, as a PDF under seal, and can be read while it waits."""

import os
from pathlib import Path

import pypdfium2
import pytest

from lianxi.db.session import Database
from lianxi.engine.messages.events import ContactBegan
from lianxi.engine.messages.values import Channel
from lianxi.kernel import tiff
from lianxi.kernel.ids import ContactId, LegId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings import facade, playing
from lianxi.modules.recordings.contracts import RecordingFolders, RecordingState
from lianxi.modules.recordings.errors import RecordingNotFound
from lianxi.modules.recordings.jobs import Finisher
from lianxi.projections.projector import Projector
from tests.builders.list_journal import ListJournal
from tests.builders.story import Story

pytestmark = pytest.mark.db

FAX = ContactId("c1-r1")
NAME = "fx-r1.c1.tif"
RECEIVED = Path(__file__).parent / "received.tif"
"""One page of stripes as the real switch wrote it: T.4 in two dimensions, lowest bit first."""


@pytest.fixture
def folders(tmp_path: Path) -> RecordingFolders:
    found = RecordingFolders(
        raw=tmp_path / "raw", wav=tmp_path / "wav", keys=tmp_path / "keys.json"
    )
    found.raw.mkdir()
    found.wav.mkdir()
    return found


def the_switch_wrote(folders: RecordingFolders) -> Path:
    """A page, a minute ago."""
    path = folders.raw / NAME
    path.write_bytes(RECEIVED.read_bytes())
    minute_ago = path.stat().st_mtime - 60
    os.utime(path, (minute_ago, minute_ago))
    return path


async def kept(database: Database, folders: RecordingFolders) -> None:
    """The contact is there, and the finisher has looked."""
    story = Story()
    story.centre()
    story.tell(
        ContactBegan(
            at=story.at(0),
            contact=FAX,
            leg=LegId(""),
            channel=Channel.FAX,
            dialled="4001",
            caller="075512345678",
            caller_name="",
            recording=NAME,
        ),
    )
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()
    finisher = Finisher(database.sessions, folders, now=lambda: Instant(1_000 * 10_000_000_000))
    await finisher.finish_ended()


async def test_a_fax_can_be_read_while_it_waits(
    database: Database, folders: RecordingFolders
) -> None:
    file = the_switch_wrote(folders)
    await kept(database, folders)
    async with database.sessions() as session:
        view = await facade.document(session, FAX)
        # It is no sound to be played
        with pytest.raises(RecordingNotFound):
            await facade.ready(session, FAX)
    assert (view.state, view.pages, view.duration_ms) == (RecordingState.READY, 1, None)
    assert not file.exists()
    # And what lies on the disk is sealed
    assert view.path is not None
    assert b"%PDF" not in (folders.wav / view.path).read_bytes()
    # And the stripes are where they were sent
    document = b"".join((await playing.opened(view, folders)).read())
    drawn = pypdfium2.PdfDocument(document)[0].render(scale=204 / 72, grayscale=True).to_numpy()
    dark = drawn < 128
    assert drawn.shape == (1249, 1728)
    assert (dark.any(axis=1).argmax(), dark.any(axis=0).argmax()) == (418, 160)


async def test_a_fax_without_a_file_is_missing(
    database: Database, folders: RecordingFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianxi.modules.recordings.jobs.SETTLE_WITHIN_S", 0.1)
    await kept(database, folders)
    async with database.sessions() as session:
        view = (await facade.views(session, [FAX]))[FAX]
    assert (view.state, view.cause) == (RecordingState.MISSING, "file_missing")


def test_a_file_that_was_cut_off_keeps_its_whole_pages() -> None:
    """As of a switch that died in the second page."""
    page = [bytes(216)] * 10
    whole = tiff.written([page, page], width=1728, x_dpi=204, y_dpi=98)
    assert len(tiff.pages(whole)) == 2
    assert len(tiff.pages(whole[:-100])) == 1
    assert tiff.pages(b"II*\0 and nothing more") == []

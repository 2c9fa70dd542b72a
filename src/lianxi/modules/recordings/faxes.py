"""Documents of faxes: kept as PDF under seal, like recordings and by the same rules."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel import tiff
from lianxi.kernel.ids import ContactId, FaxId, QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings import sealing
from lianxi.modules.recordings.contracts import (
    RecordingFolders,
    RecordingState,
    RecordingView,
    StoredKey,
)
from lianxi.modules.recordings.errors import RecordingNotFound
from lianxi.modules.recordings.fax_pages import fax_file
from lianxi.modules.recordings.fax_pdf import pdf
from lianxi.modules.recordings.keys import Keyring
from lianxi.modules.recordings.repository import Made, RecordingRepository

SENT_PREFIX: Final = "out-"
"""Of files whose pages are to be sent; the id of the fax follows."""
READABLE: Final = 0o644
"""The switch may run under another account; the folder is closed to strangers."""
DAY_MS: Final = 86_400_000


def keep(contact: ContactId, file: Path, folder: Path, ring: Callable[[], Keyring]) -> Made:
    """Seal pages that came in, as a PDF. Blocking.

    Raises:
        NotAFax: there is not one whole page in the file, which is left alone.
        OSError: it cannot be read or written.
    """
    pages = tiff.pages(file.read_bytes())
    return store(contact, pdf(pages), len(pages), folder, ring())


def store(owner: ContactId, document: bytes, pages: int, folder: Path, ring: Keyring) -> Made:
    """Seal a document. Blocking. Raises OSError."""
    sealed = sealing.seal(iter((document,)), len(document), folder)
    return Made(
        path=str(sealing.path_of(sealed.name)),
        sha256=sealed.sha256,
        key=StoredKey(by=ring.newest, sealed=ring.seal(sealed.key, owner=owner)),
        pages=pages,
    )


def sent_file(fax: FaxId) -> str:
    """Where the pages of a fax lie that is sent, until it is over."""
    return f"{SENT_PREFIX}{fax}.tif"


async def keep_sent(
    session: AsyncSession,
    fax: FaxId,
    document: bytes,
    folders: RecordingFolders,
    *,
    queue: QueueId | None,
    at: Instant,
) -> int:
    """Keep a document that is to be sent, and lay its pages ready for the switch.

    Returns:
        The number of pages.

    Raises:
        NotADocument: it cannot be sent.
        OSError: it cannot be written.
    """
    made = await asyncio.to_thread(_lay_ready, fax, document, folders)
    recordings = RecordingRepository(session)
    days = await recordings.keep_days(queue)
    await recordings.add(
        contact=ContactId(fax),
        state=RecordingState.READY,
        raw_name=sent_file(fax),
        made_at=at,
        made=made,
        keep_until=Instant(at + days * DAY_MS) if days else None,
    )
    return made.pages or 0


async def pages_kept(session: AsyncSession, fax: FaxId) -> int | None:
    """Of how many pages a document is that was kept already; None = there is none."""
    row = await RecordingRepository(session).row(ContactId(fax))
    return None if row is None else row.pages or 0


async def forget_sent(session: AsyncSession, fax: FaxId, folders: RecordingFolders) -> None:
    """Take away what was laid ready for a fax that is refused; its row goes with the rest."""
    row = await RecordingRepository(session).row(ContactId(fax))
    if row is not None and row.wav_path is not None:
        await asyncio.to_thread((folders.wav / row.wav_path).unlink, missing_ok=True)
    await asyncio.to_thread((folders.to_send / sent_file(fax)).unlink, missing_ok=True)


def _lay_ready(fax: FaxId, document: bytes, folders: RecordingFolders) -> Made:
    pages, count = fax_file(document)
    is_first = next(folders.wav.rglob(f"*{sealing.SUFFIX}"), None) is None
    ring = Keyring.load(folders.keys, may_make=is_first)
    made = store(ContactId(fax), document, count, folders.wav, ring)
    path = folders.to_send / sent_file(fax)
    path.write_bytes(pages)
    path.chmod(READABLE)
    return made


async def sent_document(session: AsyncSession, fax: FaxId) -> RecordingView:
    """A document that was sent, or is to be.

    Raises:
        RecordingNotFound: there is none (any more).
    """
    row = await RecordingRepository(session).row(ContactId(fax))
    if row is None or row.pages is None or row.wav_path is None or row.sealed_key is None:
        raise RecordingNotFound(contact=ContactId(fax))
    return RecordingView(
        contact=row.contact,
        state=row.state,
        path=Path(row.wav_path),
        key=StoredKey(by=row.key_name or "", sealed=row.sealed_key),
        sha256=row.sha256,
        pages=row.pages,
    )


def is_to_be_sent(path: Path) -> bool:
    """Such pages belong to no contact, and stay until they are sent or given up."""
    return path.name.startswith(SENT_PREFIX)


async def clear_sent(sessions: async_sessionmaker[AsyncSession], folder: Path) -> int:
    """Delete the pages of faxes that are over: the sealed document stays."""
    files = await asyncio.to_thread(lambda: list(folder.glob(f"{SENT_PREFIX}*.tif")))
    named = {FaxId(path.stem.removeprefix(SENT_PREFIX)): path for path in files}
    async with sessions() as session:
        over = await RecordingRepository(session).sent_and_over(list(named))
    for fax in over:
        await asyncio.to_thread(named[fax].unlink, missing_ok=True)
    return len(over)

"""`kill -9` while a day is written leaves no half file that anybody reads."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from lianxi.db.session import Database
from lianxi.reports.store.checking import faults_of
from lianxi.reports.store.manifest import Manifest
from tests.builders.closed_days import FIRST, MIDNIGHT, closer, files_in, fold, two_days

pytestmark = pytest.mark.db

CHILD = """
import asyncio, os, signal, sys
from pathlib import Path
from lianxi.db.session import Database
from lianxi.reports.store import writing
from tests.builders.closed_days import FIRST, MIDNIGHT, closer

place = writing.Draft.place

def dies(draft, *given):
    place(draft, *given)
    os.kill(os.getpid(), signal.SIGKILL)

writing.Draft.place = dies

async def main():
    database = Database(sys.argv[1], pool=2)
    await closer(database, Path(sys.argv[2]), 2 * MIDNIGHT).close(FIRST)

asyncio.run(main())
"""


async def test_a_kill_between_two_files_is_as_if_nothing_was_written(
    database: Database, tmp_path: Path
) -> None:
    await fold(database, two_days().lines)
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", CHILD, database.url, str(tmp_path)), cwd=Path(__file__).parents[2]
    )
    assert await child.wait() == -signal.SIGKILL
    # One file has its name, the others are drafts, and nobody was told of any of them.
    names = [Path(name).name for name in files_in(tmp_path)]
    assert names.count("v1.parquet") == 1
    assert len(names) > 3
    async with database.sessions() as session:
        assert await Manifest(session).newest() == {}
    # The next one sweeps and writes the whole day.
    writer = closer(database, tmp_path, 2 * MIDNIGHT)
    assert await writer.sweep() == len(names) - 1
    version = await writer.close(FIRST)
    assert faults_of(tmp_path, version, is_thorough=True) == []
    assert len(files_in(tmp_path)) == len(version.files)

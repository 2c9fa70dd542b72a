"""The embedded PostgreSQL: started, killed, adopted, refused."""

import asyncio
import os
import signal
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest

from lianxi.db.embedded import EmbeddedPostgres
from lianxi.db.errors import PostgresMissing, PostgresOfAnotherVersion
from lianxi.parts.errors import DiskFull, FolderNotOurs, PartDidNotStart
from lianxi.parts.process import WatchedProcess
from lianxi.settings import Home
from tests.fixtures.database import plain_url
from tests.parts.driven import drive, ordinary_user

pytestmark = pytest.mark.db


@pytest.fixture(scope="session")
async def cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as initdb leaves it; copied, because initdb takes seconds on a busy disk."""
    folder = tmp_path_factory.mktemp("cluster")
    home = Home(root=folder / "home", cache=folder / "cache")
    home.make()
    made = EmbeddedPostgres(home).cluster
    await made.initialise()
    return made.folder


async def a_home(folder: Path, cluster: Path | None = None) -> Home:
    """A home in `folder`, with a cluster already made unless None."""
    home = Home(root=folder / "home", cache=folder / "cache")
    home.make()
    if cluster is not None:
        await run("cp", "-a", str(cluster), str(home.postgres))
    return home


async def run(*command: str) -> None:
    child = await asyncio.create_subprocess_exec(*command)
    assert await child.wait() == 0


@pytest.fixture
async def home(tmp_path: Path, cluster: Path) -> Home:
    return await a_home(tmp_path, cluster)


@pytest.fixture
async def bare_home(tmp_path: Path) -> Home:
    """A home without a cluster."""
    return await a_home(tmp_path)


@pytest.fixture
async def server(home: Home) -> AsyncIterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(home)
    await server.start()
    yield server
    await server.stop()


async def ask(server: EmbeddedPostgres, statement: str) -> object:
    """The first value that a statement returns, committed."""
    async with await psycopg.AsyncConnection.connect(plain_url(server.url())) as connection:
        cursor = await connection.execute(statement.encode())
        row = await cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def uid_of(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


async def test_it_listens_on_a_private_socket_only(server: EmbeddedPostgres) -> None:
    assert await ask(server, "SHOW listen_addresses") == ""
    assert await ask(server, "SHOW TimeZone") == "UTC"
    assert await ask(server, "SELECT datcollate FROM pg_database LIMIT 1") == "C.UTF-8"
    assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.cluster.folder.stat().st_mode) == 0o700


async def test_as_root_it_runs_as_somebody_else_and_opens_no_folder(
    tmp_path: Path, cluster: Path
) -> None:
    # Given a home inside a folder that is closed to everybody else
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    home = await a_home(closed, cluster)
    before = [folder.stat().st_mode for folder in [home.root, *home.root.parents]]
    # When the server runs
    server = EmbeddedPostgres(home)
    await server.start()
    try:
        # Then it is not root's, and no folder above has changed
        assert server.pid is not None
        assert uid_of(server.pid) == server.cluster.account.uid != 0
        assert [folder.stat().st_mode for folder in [home.root, *home.root.parents]] == before
    finally:
        await server.stop()


async def test_what_was_committed_survives_a_kill_of_the_server(home: Home) -> None:
    # Given a server with a committed row
    down, up = asyncio.Event(), asyncio.Event()
    server = EmbeddedPostgres(home, on_down=down.set, on_up=up.set)
    await server.start()
    try:
        await ask(server, "CREATE TABLE kept AS SELECT 42 AS answer")
        first = server.pid
        assert first is not None
        # When it is killed
        os.kill(first, signal.SIGKILL)
        await asyncio.wait_for(up.wait(), 20)
        # Then another one serves the same data
        assert down.is_set()
        assert server.pid not in {None, first}
        assert await ask(server, "SELECT answer FROM kept") == 42
    finally:
        await server.stop()


async def test_a_crash_of_the_application_leaves_a_server_for_the_next_start(home: Home) -> None:
    # Given a server whose application died of SIGKILL
    crashed = await drive("postgres", "crash", home.root, home.cache, home=home.root)
    assert crashed.status == -signal.SIGKILL
    # When the application starts again
    server = EmbeddedPostgres(home)
    await server.start()
    # Then it goes on with the very same server, and can stop it
    assert (server.adopted, server.pid) == (True, crashed.pid)
    await server.stop()
    assert not (home.postgres / "data" / "postmaster.pid").exists()


async def test_the_pid_of_another_program_in_the_lock_file_does_not_fool_it(home: Home) -> None:
    # Given a cluster whose lock file names a living process that is no PostgreSQL
    server = EmbeddedPostgres(home)
    await server.start()
    await server.stop()
    account = server.cluster.account
    stranger = WatchedProcess.spawn(
        [*account.prefix, "/usr/bin/sleep", "60"], folder=Path("/"), log=home.logs / "stranger"
    )
    lock_file = server.cluster.folder / "postmaster.pid"
    lock_file.write_text(
        f"{stranger.pid}\n{server.cluster.folder}\n1\n5432\n{server.sockets}\n\n0 0\n"
    )
    account.give(lock_file)
    try:
        # When it starts, Then it runs and the stranger lives
        await server.start()
        assert server.pid not in {None, stranger.pid}
        assert stranger.is_alive
    finally:
        await server.stop()
        await stranger.stop([(signal.SIGKILL, 5)])


async def test_a_path_too_long_for_a_socket_gets_a_short_private_folder(
    tmp_path: Path, cluster: Path
) -> None:
    folder = tmp_path / ("a-long-name" * 10)
    folder.mkdir()
    home = await a_home(folder, cluster)
    server = EmbeddedPostgres(home)
    await server.start()
    try:
        assert await ask(server, "SELECT 1") == 1
        assert len(str(server.sockets)) < 60
        assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
    finally:
        await server.stop()
    assert not server.sockets.exists()


async def test_an_ordinary_user_runs_it_as_himself(tmp_path: Path) -> None:
    account, python = ordinary_user()
    folder = account.take(Path("/tmp") / f"lianxi-{os.getpid()}-{tmp_path.name}")
    try:
        seen = await drive(
            "postgres",
            "stop",
            folder / "home",
            folder / "cache",
            home=folder,
            prefix=account.prefix,
            python=python,
        )
        assert (seen.uid, seen.status, seen.adopted) == (account.uid, 0, False)
        assert (folder / "home/postgres/data").stat().st_uid == account.uid
    finally:
        await run("rm", "-rf", str(folder))


async def test_data_of_another_version_are_left_alone(bare_home: Home) -> None:
    server = EmbeddedPostgres(bare_home)
    (server.cluster.account.take(server.cluster.folder) / "PG_VERSION").write_text("16\n")
    with pytest.raises(PostgresOfAnotherVersion) as refusal:
        await server.start()
    assert "was written by PostgreSQL 16" in refusal.value.sentence


async def test_data_of_somebody_else_are_left_alone(bare_home: Home) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    server = EmbeddedPostgres(bare_home)
    server.cluster.folder.mkdir()
    os.chown(server.cluster.folder, 4711, 4711)
    with pytest.raises(FolderNotOurs) as refusal:
        await server.start()
    assert "belongs to user 4711" in refusal.value.sentence


async def test_missing_programs_are_named(bare_home: Home, tmp_path: Path) -> None:
    with pytest.raises(PostgresMissing) as refusal:
        await EmbeddedPostgres(bare_home, programs=tmp_path).start()
    assert str(tmp_path) in refusal.value.sentence


async def test_a_full_disk_is_told_from_other_failures(bare_home: Home) -> None:
    server = EmbeddedPostgres(bare_home)
    with pytest.raises(DiskFull):
        server.cluster.require_space(10**9)
    server.cluster.log.write_text("FATAL: could not write lock file: No space left on device\n")
    assert isinstance(server.cluster.failure(0), DiskFull)
    server.cluster.log.write_text("FATAL: data directory has invalid permissions\n")
    failure = server.cluster.failure(0)
    assert isinstance(failure, PartDidNotStart)
    assert "invalid permissions" in failure.sentence

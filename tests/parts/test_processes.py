"""Watching processes, naming the holders of ports, locks that die with their holder."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import pytest

from lianxi.parts.errors import AlreadyRunning, PortTaken
from lianxi.parts.lock import FileLock, sole_user_of
from lianxi.parts.ports import port_holders, require_free_port
from lianxi.parts.process import WatchedProcess
from lianxi.parts.secrets import load_or_make_secrets
from lianxi.parts.supervisor import Supervisor

pytestmark = pytest.mark.unit


def sleeper(folder: Path) -> WatchedProcess:
    return WatchedProcess.spawn(["/usr/bin/sleep", "60"], folder=folder, log=folder / "log")


async def test_the_end_of_a_process_is_an_event(tmp_path: Path) -> None:
    process = sleeper(tmp_path)
    assert process.is_alive
    os.kill(process.pid, signal.SIGKILL)
    await process.ended()
    assert (process.is_alive, process.status) == (False, -signal.SIGKILL)


async def test_a_process_that_ignores_the_first_signal_gets_the_next(tmp_path: Path) -> None:
    code = "import signal; signal.signal(15, signal.SIG_IGN); print(1, flush=True); signal.pause()"
    output = tmp_path / "log"
    process = WatchedProcess.spawn([sys.executable, "-c", code], folder=tmp_path, log=output)
    while not output.read_text():  # noqa: ASYNC110
        await asyncio.sleep(0.01)  # poll: the child's only sign is its output
    assert await process.stop([(signal.SIGTERM, 0.05), (signal.SIGKILL, 1)])
    assert process.status == -signal.SIGKILL


async def test_a_released_process_lives_on_and_can_be_adopted(tmp_path: Path) -> None:
    process = sleeper(tmp_path)
    process.release()
    adopted = WatchedProcess.adopt(process.pid)
    assert adopted.is_alive
    assert await adopted.stop([(signal.SIGKILL, 1)])


async def test_a_dead_part_is_brought_back(tmp_path: Path) -> None:
    up = asyncio.Event()

    async def bring_up() -> WatchedProcess:
        return sleeper(tmp_path)

    supervisor = Supervisor("sleeper", bring_up, on_up=up.set)
    await supervisor.start()
    first = supervisor.process
    assert first is not None
    first.send(signal.SIGKILL)
    await asyncio.wait_for(up.wait(), 10)
    assert supervisor.process is not None
    assert supervisor.process.pid != first.pid
    await supervisor.stop([(signal.SIGKILL, 1)])
    assert supervisor.process is None


@pytest.mark.parametrize("protocol", ["tcp", "udp"])
def test_the_holder_of_a_port_is_named(protocol: str) -> None:
    kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
    with socket.socket(socket.AF_INET, kind) as held:
        held.bind(("127.0.0.1", 0))
        if kind == socket.SOCK_STREAM:
            held.listen()
        port = held.getsockname()[1]
        with pytest.raises(PortTaken) as refusal:
            require_free_port(
                "tcp" if protocol == "tcp" else "udp", "127.0.0.1", port, setting="LIANXI_PORT"
            )
    assert refusal.value.facts["pid"] == os.getpid()
    assert f"Port {port}/{protocol}" in refusal.value.sentence
    assert "LIANXI_PORT" in refusal.value.sentence


def test_a_free_port_is_nobodys() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    require_free_port("udp", "127.0.0.1", port, setting="LIANXI_PORT")
    assert port_holders("udp", port) == []


def test_a_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.try_hold()
    assert not second.try_hold()
    assert second.holder() == os.getpid()
    first.let_go()
    assert second.try_hold()
    second.let_go()


def test_a_second_application_in_a_home_is_told_of_the_first(tmp_path: Path) -> None:
    run = tmp_path / "home" / "run"
    run.mkdir(parents=True)
    first = sole_user_of(run)
    with pytest.raises(AlreadyRunning) as refusal:
        sole_user_of(run)
    assert f"process {os.getpid()}" in refusal.value.sentence
    first.let_go()
    sole_user_of(run).let_go()


def test_secrets_are_made_once_for_their_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    made = load_or_make_secrets(path)
    assert load_or_make_secrets(path) == made
    assert len(made.ari_password) > 30
    assert path.stat().st_mode & 0o077 == 0

"""The supervised Asterisk: started, killed, adopted, refused; and the calls it takes alone."""

import asyncio
import os
import signal
import socket
from pathlib import Path

import pytest

from lianxi.channels.asterisk.errors import AsteriskUnusable
from lianxi.channels.asterisk.fallback import forget, unserved_calls
from lianxi.channels.asterisk.install import find_asterisk
from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.channels.asterisk.tree import AsteriskTree
from lianxi.channels.fake.sip.caller import ScriptedCaller
from lianxi.channels.fake.sip.timeline import Step
from lianxi.parts.errors import PortTaken
from lianxi.parts.ports import port_holders
from lianxi.settings import Settings
from tests.fixtures.asterisk import ARI_PASSWORD, asterisk_settings
from tests.parts.driven import drive, ordinary_user

pytestmark = pytest.mark.asterisk


def a_process(settings: Settings, tree: AsteriskTree) -> AsteriskProcess:
    settings.paths.make()
    return AsteriskProcess(settings, tree, ari_password=ARI_PASSWORD)


async def test_it_runs_as_nobody_special_and_holds_its_ports(asterisk: AsteriskProcess) -> None:
    assert asterisk.pid is not None
    assert owner(Path(f"/proc/{asterisk.pid}")) != 0
    assert [h.pid for h in port_holders("udp", asterisk.instance.sip_port)] == [asterisk.pid]
    held = {(h.address, h.pid) for h in port_holders("tcp", asterisk.instance.ari_port)}
    # The manager interface stands at the same port of another address of this machine alone.
    assert held == {("127.0.0.1", asterisk.pid), ("127.0.0.2", asterisk.pid)}


async def test_a_home_in_a_closed_folder_needs_no_folder_opened(
    tmp_path: Path, asterisk_tree: AsteriskTree
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    folders = [closed, *closed.parents]
    before = [folder.stat().st_mode for folder in folders]
    process = a_process(asterisk_settings(closed / "home"), asterisk_tree)
    await process.start()
    assert [folder.stat().st_mode for folder in folders] == before
    await process.stop()


async def test_a_killed_asterisk_is_brought_back(
    tmp_path: Path, asterisk_tree: AsteriskTree
) -> None:
    up, down = asyncio.Event(), asyncio.Event()
    settings = asterisk_settings(tmp_path / "home")
    settings.paths.make()
    process = AsteriskProcess(
        settings, asterisk_tree, ari_password=ARI_PASSWORD, on_down=down.set, on_up=up.set
    )
    await process.start()
    try:
        first = process.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        await asyncio.wait_for(up.wait(), 20)
        assert down.is_set()
        assert process.pid not in {None, first}
        assert "fully booted" in await process.control.ask("core waitfullybooted")
    finally:
        await process.stop()


async def test_a_crash_of_the_application_leaves_it_for_the_next_start(
    tmp_path: Path, asterisk_tree: AsteriskTree
) -> None:
    # Given an Asterisk whose application died of SIGKILL
    settings = asterisk_settings(tmp_path / "home").model_copy(
        update={"rtp_start": 10000, "rtp_end": 10999}
    )
    ports = (str(settings.sip_port), str(settings.ari_port))
    crashed = await drive("asterisk", "crash", settings.home, settings.cache, *ports, home=tmp_path)
    assert crashed.status == -signal.SIGKILL
    # When the application starts again, Then it goes on with the same Asterisk
    process = a_process(settings, asterisk_tree)
    await process.start()
    assert (process.adopted, process.pid) == (True, crashed.pid)
    await process.release()
    # And when it starts with other settings while nobody talks, a new one takes them over
    changed = a_process(settings.model_copy(update={"rtp_end": 10899}), asterisk_tree)
    await changed.start()
    assert not changed.adopted
    assert changed.pid != crashed.pid
    await changed.stop()


async def test_a_taken_sip_port_is_named_with_its_holder(
    tmp_path: Path, asterisk_tree: AsteriskTree
) -> None:
    settings = asterisk_settings(tmp_path / "home")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as held:
        held.bind(("127.0.0.1", settings.sip_port))
        with pytest.raises(PortTaken) as refusal:
            await a_process(settings, asterisk_tree).start()
    assert f"Port {settings.sip_port}/udp on 127.0.0.1 is taken by" in refusal.value.sentence
    assert refusal.value.facts["pid"] == os.getpid()
    assert refusal.value.facts["setting"] == "LIANXI_SIP_PORT"


async def test_a_call_that_nobody_serves_hears_the_apology_and_is_counted(
    asterisk: AsteriskProcess,
) -> None:
    # Given no switchboard, When a customer calls
    server = ("127.0.0.1", asterisk.instance.sip_port)
    async with ScriptedCaller(local_host="127.0.0.1") as caller:
        call = await caller.call("4001", server, caller="13800138000")
        await call.wait(Step.FIRST_AUDIO, timeout_s=15)
        # Then something is heard, and the call can be called back
        missed = await unserved_calls(asterisk.control)
        assert [(one.caller, one.number) for one in missed] == [("13800138000", "4001")]
        assert missed[0].channel
        await call.hang_up()
    await forget(asterisk.control, missed[0])
    assert await unserved_calls(asterisk.control) == []
    # And its recording, named like the channel, ends where the apology begins
    assert [file.name for file in files(asterisk.instance.recordings)] == [
        f"{missed[0].channel}.raw"
    ]


async def test_a_stranger_from_another_address_goes_nowhere(asterisk: AsteriskProcess) -> None:
    # Given a caller whom neither his name nor his address makes known: 127.0.0.2 is no trunk
    server = ("127.0.0.1", asterisk.instance.sip_port)
    async with ScriptedCaller(local_host="127.0.0.2") as caller:
        # When he calls himself like the trunk
        call = await caller.call("4001", server, caller="trunk")
        # Then he is asked for a password that nobody has
        refused = await call.wait(Step.REFUSED, timeout_s=5)
    assert refused.facts["status"] == 401
    assert await asterisk.calls() == 0


async def test_an_ordinary_user_runs_it_as_himself(
    tmp_path: Path, asterisk_tree: AsteriskTree
) -> None:
    account, python = ordinary_user()
    settings = asterisk_settings(tmp_path / "home")
    folder = account.take(Path("/tmp") / f"lianxi-{os.getpid()}-asterisk")
    cache = account.take(folder / "cache")
    # The tree of our own cache may lie in a closed folder: give the user a copy.
    tree = asterisk_tree.share.parents[2]
    await run("sh", "-c", 'cp -al "$0" "$1" || cp -a "$0" "$1"', str(tree), str(cache / tree.name))
    try:
        seen = await drive(
            "asterisk",
            "stop",
            folder / "home",
            cache,
            str(settings.sip_port),
            str(settings.ari_port),
            home=folder,
            prefix=account.prefix,
            python=python,
        )
        assert (seen.uid, seen.status, seen.adopted) == (account.uid, 0, False)
    finally:
        await run("rm", "-rf", str(folder))


async def test_a_program_that_is_no_asterisk_is_refused(tmp_path: Path) -> None:
    program = tmp_path / "asterisk"
    program.write_text("#!/bin/sh\necho hello\n")
    program.chmod(0o755)
    with pytest.raises(AsteriskUnusable):
        await find_asterisk(Settings(home=tmp_path, asterisk=program))


async def test_an_asterisk_of_the_operators_own_is_used_with_its_modules(
    tmp_path: Path, asterisk_tree: AsteriskTree
) -> None:
    # Given an installation in the usual places, as a package makes it
    program = tmp_path / "usr/sbin/asterisk"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {" ".join(asterisk_tree.command)} "$@"\n')
    program.chmod(0o755)
    (tmp_path / "usr/lib").symlink_to(asterisk_tree.modules.parents[2])
    (tmp_path / "usr/share").symlink_to(asterisk_tree.share.parent)
    # When it is named, Then it runs
    settings = asterisk_settings(tmp_path / "home").model_copy(update={"asterisk": program})
    tree = await find_asterisk(settings)
    assert tree.command == (str(program),)
    process = a_process(settings, tree)
    await process.start()
    await process.stop()


def owner(path: Path) -> int:
    return path.stat().st_uid


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


async def run(*command: str) -> None:
    child = await asyncio.create_subprocess_exec(*command)
    assert await child.wait() == 0

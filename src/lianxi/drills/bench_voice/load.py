"""The load: one SIPp that is all agents, one that is all customers of a round."""

import asyncio
import csv
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template

from lianxi.drills.capture import speech
from lianxi.drills.packages import program
from lianxi.drills.sipp import SAMPLE, SippFailed

SCENARIOS = Path(__file__).parent.parent / "sip"
AGENTS_PORT = 7_000
AGENTS_MEDIA = 30_000
CUSTOMERS_PORT = 7_100
CUSTOMERS_MEDIA = 40_000
SETTLED_S = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What the customers of one round do."""

    number: str
    calls: int
    per_second: float
    hold_ms: int
    """From the answer to the customer's hanging up."""

    speaks: bool = False
    """Whether customers send sound, which agents send back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What became of the calls, as SIPp counts them."""

    created: int
    successful: int
    failed: int
    errors: str


@asynccontextmanager
async def agents(folder: Path) -> AsyncIterator[None]:
    """All agents, who answer at once and send back what they hear."""
    command = [
        _sipp(), "-sf", str(SCENARIOS / "bench_agent.xml"), "-i", "127.0.0.1",
        "-p", str(AGENTS_PORT), "-mi", "127.0.0.1", "-mp", str(AGENTS_MEDIA), "-rtp_echo",
        "-nostdin", "-aa", "-trace_err", "-error_file", str(folder / "agents.log"),
    ]  # fmt: skip
    running = await _started(command, folder)
    try:
        yield
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()


async def place(load: Load, sip_port: int, folder: Path) -> Placed:
    """Place the calls and wait until the last is over.

    Raises:
        SippFailed: SIPp could not run.
    """
    _write_scenario(load, folder)
    longest_s = round(load.calls / load.per_second + load.hold_ms / 1000) + SETTLED_S
    command = [
        _sipp(), f"127.0.0.1:{sip_port}", "-sf", "customer.xml", "-s", load.number,
        "-i", "127.0.0.1", "-p", str(CUSTOMERS_PORT), "-mi", "127.0.0.1",
        "-mp", str(CUSTOMERS_MEDIA), "-m", str(load.calls), "-l", "5000",
        "-r", str(round(load.per_second * 10)), "-rp", "10000", "-nostdin",
        "-trace_stat", "-stf", "statistics.csv", "-fd", "1",
        "-trace_err", "-error_file", "errors.log", "-timeout", f"{longest_s}s",
    ]  # fmt: skip
    running = await _started(command, folder)
    try:
        async with asyncio.timeout(longest_s + 10):
            _, said = await running.communicate()
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()
    return _placed(folder, said)


def _write_scenario(load: Load, folder: Path) -> None:
    folder.mkdir(parents=True)
    voice = ""
    if load.speaks:
        capture = folder / "speech.pcap"
        capture.write_bytes(speech(SAMPLE, (), load.hold_ms))
        voice = f'<nop><action><exec play_pcap_audio="{capture}"/></action></nop>'
    template = Template((SCENARIOS / "bench_customer.xml").read_text(encoding="utf-8"))
    scenario = template.substitute(voice=voice, hold_ms=load.hold_ms)
    (folder / "customer.xml").write_text(scenario, encoding="utf-8")


async def _started(command: list[str], folder: Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "TERM": "dumb"},
    )


def _placed(folder: Path, said: bytes) -> Placed:
    statistics = folder / "statistics.csv"
    if not statistics.is_file():
        raise SippFailed(said.decode(errors="replace")[-500:])
    with statistics.open(encoding="utf-8", newline="") as source:
        last = list(csv.DictReader(source, delimiter=";"))[-1]
    errors = folder / "errors.log"
    return Placed(
        created=int(last["TotalCallCreated"]),
        successful=int(last["SuccessfulCall(C)"]),
        failed=int(last["FailedCall(C)"]),
        errors=errors.read_text(encoding="utf-8")[:500] if errors.is_file() else "",
    )


def _sipp() -> str:
    found = program("sipp")
    if found is None:
        raise SippFailed("sipp is missing: `apt-get install sip-tester`")
    return found

"""SIPp as customers: real SIP and RTP from a program that is not ours.

It plays captures through raw sockets, so whoever runs it needs the capability to open them: root,
or an ordinary user inside a network namespace of its own.
"""

import asyncio
import csv
import itertools
import os
import random
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path
from string import Template

import lianxi
from lianxi.drills.capture import speech

Address = tuple[str, int]

SCENARIO = Path(__file__).parent / "sip" / "customer.xml"
SAMPLE = Path(lianxi.__file__).parent / "assets" / "samples" / "customer_zh.wav"
KEY_MS = 400
FIRST_NUMBER = 13_800_138_000
_MEDIA_PORTS = range(40_000, 60_000, 200)
_media_ports = itertools.cycle(random.sample(_MEDIA_PORTS, len(_MEDIA_PORTS)))
"""No two crowds of one drill hear at the same ports."""


@dataclass(frozen=True, kw_only=True)
class Customers:
    """What a crowd of customers does. Times in milliseconds."""

    number: str = "4001"
    first_caller: int = FIRST_NUMBER
    """The number shown by the first; the others count up."""

    calls: int = 1
    per_second: float = 5.0
    at_once: int = 100
    press: tuple[tuple[str, int], ...] = ()
    """Keys and the time after the answer (or after the key before): `(("2", 3000),)`."""

    hang_up_after_ms: int = 3_000
    """After the last key (or the answer); the other side may hang up sooner."""

    host: str = "127.0.0.1"
    """The address they call from."""


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """What became of the calls, as SIPp counts them."""

    created: int
    successful: int
    failed: int
    retransmissions: int
    answered_after_ms: float
    """Mean time from INVITE to 200, milliseconds; steps of 4."""

    errors: str
    """SIPp's own words about what went wrong, shortened."""


class SippFailed(AssertionError):
    """SIPp could not run, or did not come to an end."""


def scenario(customers: Customers, capture: Path) -> str:
    """The XML of what these customers do."""
    whole = Template(SCENARIO.read_text(encoding="utf-8"))
    return whole.substitute(capture=capture, wait_ms=_on_the_line_ms(customers))


def _on_the_line_ms(customers: Customers) -> int:
    return customers.hang_up_after_ms + sum(after + KEY_MS for _, after in customers.press)


def _keys(customers: Customers) -> list[tuple[str, int]]:
    """Keys with their times after the answer."""
    keys, at = [], 0
    for sign, after_ms in customers.press:
        keys.append((sign, at + after_ms))
        at += after_ms + KEY_MS
    return keys


class Crowd:
    """Customers on the telephone. Make one with `call`."""

    def __init__(
        self, running: asyncio.subprocess.Process, folder: Path, media_port: int, longest_s: float
    ) -> None:
        self.media_port = media_port
        """Where the first customer receives RTP."""

        self._running = running
        self._folder = folder
        self._longest_s = longest_s

    async def over(self) -> Statistics:
        """Wait until the last call is over.

        Raises:
            SippFailed: SIPp could not play, or did not end in time.
        """
        try:
            async with asyncio.timeout(self._longest_s + 10):
                _, said = await self._running.communicate()
        except TimeoutError:
            raise SippFailed(f"sipp still runs after {self._longest_s + 10:.0f} s") from None
        finally:
            await self.stop()
        if not (self._folder / "statistics.csv").is_file():
            words = said.decode(errors="replace")[-500:]
            raise SippFailed(f"sipp ended with {self._running.returncode}: {words}")
        return _statistics(self._folder)

    async def stop(self) -> None:
        """End at once, in the middle of a call if need be: the customers' line is dead then."""
        if self._running.returncode is None:
            self._running.kill()
        await self._running.wait()


async def call(customers: Customers, server: Address, folder: Path) -> Crowd:
    """Begin to place the calls.

    Args:
        server: host and UDP port of the switch.
        folder: an empty folder of their own, for scenario and statistics.

    Raises:
        SippFailed: SIPp is missing, or may not play captures.
        ValueError: a key that no telephone has.
    """
    sipp = shutil.which("sipp")
    if sipp is None:
        raise SippFailed("sipp is missing: `apt-get install sip-tester`")
    if not may_play():
        raise SippFailed("sipp plays captures through raw sockets: run this as root")
    capture = folder / "speech.pcap"
    capture.write_bytes(speech(SAMPLE, _keys(customers), _on_the_line_ms(customers)))
    (folder / "scenario.xml").write_text(scenario(customers, capture), encoding="utf-8")
    numbers = "\n".join(f"{customers.first_caller + index};" for index in range(customers.calls))
    (folder / "numbers.csv").write_text(f"SEQUENTIAL\n{numbers}\n", encoding="utf-8")
    longest_s = _longest_s(customers)
    media_port = next(_media_ports)
    command = [
        *(sipp, f"{server[0]}:{server[1]}", "-sf", "scenario.xml", "-inf", "numbers.csv"),
        *("-s", customers.number, "-i", customers.host, "-mi", customers.host),
        *("-p", str(_free_port(customers.host)), "-mp", str(media_port)),
        *("-m", str(customers.calls), "-l", str(customers.at_once), "-nostdin"),
        *("-r", str(max(round(customers.per_second * 10), 1)), "-rp", "10000"),
        *("-trace_stat", "-stf", "statistics.csv", "-fd", "1"),
        *("-trace_err", "-error_file", "errors.log"),
        *("-timeout", f"{longest_s}s", "-timeout_error"),
    ]
    running = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "TERM": "dumb"},
    )
    return Crowd(running, folder, media_port, longest_s)


async def run_sipp(customers: Customers, server: Address, folder: Path) -> Statistics:
    """Place the calls and wait until the last is over.

    Raises:
        SippFailed: SIPp is missing, may not play captures, or did not end in time.
    """
    crowd = await call(customers, server, folder)
    try:
        return await crowd.over()
    finally:
        await crowd.stop()


def may_play() -> bool:
    """Whether this process may open the raw sockets that captures are played through."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP):
            return True
    except PermissionError:
        return False


def _longest_s(customers: Customers) -> int:
    rounds = -(-customers.calls // customers.at_once)
    all_ms = rounds * _on_the_line_ms(customers)
    return round(customers.calls / customers.per_second + all_ms / 1000) + 20


def _statistics(folder: Path) -> Statistics:
    with (folder / "statistics.csv").open(encoding="utf-8", newline="") as source:
        last = list(csv.DictReader(source, delimiter=";"))[-1]
    errors = folder / "errors.log"
    hours, minutes, seconds, *parts = last["ResponseTime1(C)"].split(":")
    return Statistics(
        created=int(last["TotalCallCreated"]),
        successful=int(last["SuccessfulCall(C)"]),
        failed=int(last["FailedCall(C)"]),
        retransmissions=int(last["Retransmissions(C)"]),
        answered_after_ms=(int(hours) * 3600 + int(minutes) * 60 + int(seconds)) * 1000
        + (int(parts[0]) / 1000 if parts else 0),
        errors=errors.read_text(encoding="utf-8")[-2_000:] if errors.is_file() else "",
    )


def _free_port(host: str) -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])

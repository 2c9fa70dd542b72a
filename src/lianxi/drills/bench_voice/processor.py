"""Processor time of the bench's processes, by whose it is."""

import os
from dataclasses import dataclass
from pathlib import Path

from lianxi.drills.network import inhabitants

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Seconds of processor time."""

    asterisk: float = 0.0
    driver: float = 0.0
    records: float = 0.0
    """PostgreSQL, projections, web."""

    def since(self, before: "Spent") -> "Spent":
        """What was spent after an earlier look."""
        return Spent(
            asterisk=self.asterisk - before.asterisk,
            driver=self.driver - before.driver,
            records=self.records - before.records,
        )

    def plus(self, other: "Spent") -> "Spent":
        """Both together."""
        return Spent(
            asterisk=self.asterisk + other.asterisk,
            driver=self.driver + other.driver,
            records=self.records + other.records,
        )


def spent(driver_pid: int) -> Spent:
    """What all processes of the bench's network have used so far."""
    asterisk = driver = records = 0.0
    for one in inhabitants():
        seconds = _seconds(one.pid)
        if "asterisk.conf" in one.command:
            asterisk += seconds
        elif one.pid == driver_pid:
            driver += seconds
        elif "postgres" in one.command or " serve " in one.command:
            records += seconds
    return Spent(asterisk=asterisk, driver=driver, records=records)


def _seconds(pid: int) -> float:
    """User and system time, of ended children too."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0.0
    fields = text.rpartition(")")[2].split()
    return sum(int(each) for each in fields[11:15]) * _TICK_S


def busy() -> tuple[float, float]:
    """Seconds that all cores were at work, and in all, since the machine started."""
    fields = [int(each) for each in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    idle = fields[3] + fields[4]
    return (sum(fields) - idle) * _TICK_S, sum(fields) * _TICK_S

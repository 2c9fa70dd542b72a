"""The machine that figures were measured on: a figure without it says little."""

import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from lianxi.drills.report import Figure


def machine_facts() -> dict[str, Figure]:
    """Processor, memory, kernel, load and versions. Missing facts are left out."""
    facts: dict[str, Figure] = {
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "system": _line("/etc/os-release", r'^PRETTY_NAME="?([^"\n]+)'),
        "processor": _line("/proc/cpuinfo", r"^model name\s*:\s*(.+)$") or platform.machine(),
        "memory_gb": _memory_gb(),
        "load_1_min": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "lianxi": version("lianxi"),
    }
    chromium = shutil.which("chromium")
    if chromium is not None:
        facts["chromium"] = _said(chromium, "--version")
    return {name: value for name, value in facts.items() if value is not None}


def _line(path: str, pattern: str) -> str | None:
    try:
        text = Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    found = re.search(pattern, text, re.MULTILINE)
    return found.group(1).strip() if found else None


def _memory_gb() -> float | None:
    kilobytes = _line("/proc/meminfo", r"^MemTotal:\s+(\d+) kB")
    return round(int(kilobytes) / 2**20, 1) if kilobytes else None


def _said(*command: str) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None

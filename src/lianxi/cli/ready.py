"""`run/ready.json`: what a running centre says of itself, and the words after a start."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.table import Table

NAME = "ready.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A centre that takes calls."""

    url: str
    http_port: int
    sip_port: int
    ari_port: int
    pid: int
    asterisk: str
    """Its version; empty when this process does not run it."""
    accounts: str
    """The file with the demonstration accounts; empty when there are none."""
    numbers: list[str]
    seconds: dict[str, float]
    """How long each step of the start took."""

    def write(self, folder: Path) -> None:
        """Say so, at once and whole."""
        new = folder / f"{NAME}.new"
        new.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n")
        os.replace(new, folder / NAME)


def read(folder: Path) -> Ready | None:
    """The centre running in this home, `None` when none is."""
    try:
        found = Ready(**json.loads((folder / NAME).read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return found if Path(f"/proc/{found.pid}").exists() else None


def remove(folder: Path) -> None:
    """The centre stops."""
    (folder / NAME).unlink(missing_ok=True)


def _first_step(ready: Ready) -> str:
    if not ready.numbers:
        return f"首次设置 first set-up:  [bold]{ready.url}/setup[/]"
    return f"试呼 test call:  [bold].venv/bin/lianxi call {ready.numbers[0]} --press 2[/]"


def welcome(console: Console, ready: Ready, accounts: list[tuple[str, str, str]]) -> None:
    """What to do now: address, accounts, a test call."""
    table = Table(box=None, pad_edge=False, show_header=False)
    for username, role, password in accounts:
        table.add_row(f"[bold]{username}[/]", role, password)
    console.print(
        Panel(
            f"[bold green]联系已就绪 Lianxi is ready[/]  [bold]{ready.url}[/]\n\n"
            f"{_first_step(ready)}\n"
            f"SIP trunk: udp {ready.sip_port}    停止 stop: Ctrl+C",
            expand=False,
        )
    )
    if accounts:
        title = "演示账号 demonstration accounts" if ready.numbers else "账号 account"
        console.print(title, style="bold")
        console.print(table)

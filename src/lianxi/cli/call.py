"""`lianxi call`: a scripted customer places a real call through the switch."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from lianxi.channels.fake.sip.caller import ScriptedCaller
from lianxi.channels.fake.sip.timeline import Step
from lianxi.cli.configured import configured
from lianxi.cli.running import fail, run
from lianxi.settings import Settings

LONGEST_S = 3_600.0


def call(
    number: Annotated[str, typer.Argument(help="The number to dial, e.g. 4001.")],
    press: Annotated[
        str, typer.Option(help="Keys to press, e.g. 2 — or 2@9 for nine seconds after the answer.")
    ] = "",
    say_file: Annotated[
        Path | None, typer.Option(help="What the customer says: a wav file.", exists=True)
    ] = None,
    caller: Annotated[str, typer.Option(help="The number that is shown.")] = "13800138000",
    hang_up_after: Annotated[
        float | None, typer.Option(help="Seconds after the answer; else the other side ends it.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(help="Write what the customer hears to this wav file.")
    ] = None,
) -> None:
    """Place a call as a scripted customer and tell what happens."""
    run(_call(configured(), number, keys(press), say_file, caller, hang_up_after, record))


def keys(spec: str) -> list[tuple[str, float]]:
    """`2` or `2@9` or `1@8,2@12` as keys with seconds after the answer (12 s unless said).

    Raises:
        typer.Exit: it cannot be read.
    """
    found: list[tuple[str, float]] = []
    for part in filter(None, spec.split(",")):
        key, _, when = part.partition("@")
        try:
            found.append((key, float(when or 12)))
        except ValueError:
            raise fail(f"--press {spec}: write keys like 2 or 2@9 (seconds)") from None
    return found


async def _call(
    settings: Settings,
    number: str,
    press: list[tuple[str, float]],
    say_file: Path | None,
    caller: str,
    hang_up_after: float | None,
    record: Path | None,
) -> None:
    console = Console()
    async with ScriptedCaller() as customer:
        placed = await customer.call(
            number,
            (settings.sip_bind, settings.sip_port),
            caller=caller,
            press=press,
            say=say_file,
            says_it_again=True,
            hang_up_after_s=hang_up_after,
            record=record,
        )
        began: float | None = None
        async for happened in placed.timeline.follow():
            began = happened.at if began is None else began
            facts = " ".join(f"{name}={value}" for name, value in happened.facts.items())
            console.print(f"{happened.at - began:8.3f}  {happened.step.value:<14} {facts}")
        counts = placed.counts
        console.print(
            f"RTP sent {counts.sent}, received {counts.received}, lost {counts.lost}, "
            f"heard {counts.audible_s:.1f} s of sound"
        )
    failed = placed.timeline.first(Step.FAILED) or placed.timeline.first(Step.REFUSED)
    if failed is not None:
        raise fail(
            f"The call came to nothing: {dict(failed.facts)}. Is the centre running (lianxi up), "
            f"and is {number} a number of it?"
        )

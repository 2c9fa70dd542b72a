"""What is left of the first call: its page, its ladder, its recording."""

import io
import time
import wave
from array import array

from lianxi.drills.browser import Desktop
from lianxi.drills.figures import recomputed
from lianxi.drills.scene import Customer, Scene
from lianxi.drills.story_call import AGENT, FIRST, sound_goes_both_ways

RUNGS = (
    "arrived",
    "flow",
    "queued",
    "offered",
    "answered",
    "held",
    "resumed",
    "ended",
    "wrapped_up",
)
AUDIBLE_RMS = 100.0
"""Of 32768: about -50 dBFS."""

SILENT_RMS = 30.0
READY_WITHIN_S = 30.0


async def agent_pauses_the_recording(scene: Scene) -> None:
    """Alt+P keeps what is said out of the recording, Alt+P again lets it in."""
    customer, desk = scene.customers[FIRST], scene.desks[AGENT]
    await desk.press("Alt+p")
    paused = await scene.fact(customer, "contact.recording_paused.v1")
    is_shown = await desk.has('[data-testid="recording-resume"][aria-pressed="true"]', within_s=3)
    scene.state("The desk says that the recording is paused", is_shown, await desk.state())
    await sound_goes_both_ways(scene, customer, desk, what="While the recording is paused")
    await desk.press("Alt+p")
    resumed = await scene.fact(customer, "contact.recording_resumed.v1")
    scene.moments |= {"paused from": paused.at, "paused until": resumed.at}


async def contact_page_tells_the_story(scene: Scene) -> None:
    """The contact page shows every step of the call in order."""
    customer = scene.customers[FIRST]
    page = await _second_window(scene, f"/records/{customer.contact}")
    shown = await page.is_shown("ladder-wrapped_up", within_s=10)
    kinds = await page.page.locator('[data-testid^="ladder-"]').evaluate_all(
        "all => all.map(each => each.dataset.testid.slice('ladder-'.length))"
    )
    missing = [rung for rung in RUNGS if rung not in kinds]
    places = [kinds.index(rung) for rung in RUNGS if rung in kinds]
    scene.state(
        "The contact page tells the call's steps in their order",
        shown and not missing and places == sorted(places),
        " → ".join(kinds),
    )


async def recording_plays(scene: Scene) -> None:
    """The recording plays by ranges, two waves are drawn, each side is in its own channel."""
    customer = scene.customers[FIRST]
    page = await _second_window(scene, f"/records/{customer.contact}")
    ready = await page.is_shown("player-play", within_s=READY_WITHIN_S)
    scene.state("The recording is ready on the contact page", ready, f"within {READY_WITHIN_S:g} s")
    waves = page.page.locator('[data-testid="player-waves"] canvas')
    await waves.first.wait_for(timeout=10_000)
    widths = [box["width"] for each in await waves.all() if (box := await each.bounding_box())]
    scene.state(
        "The waveform is drawn", any(width > 100 for width in widths), f"{len(widths)} canvases"
    )
    async with page.page.expect_response(
        lambda response: response.url.endswith("/recording"), timeout=10_000
    ) as answering:
        await page.click("player-play")
    played = await answering.value
    running = await page.has('[data-testid="player-play"][data-playing="true"]', within_s=10)
    scene.state(
        "Play fetches the sound by ranges and plays it",
        played.status == 206 and running,
        f"HTTP {played.status} {played.headers.get('content-range', '')}",
    )
    await page.click("player-play")
    await _channels_are_right(scene, page, customer)


async def _channels_are_right(scene: Scene, page: Desktop, customer: Customer) -> None:
    answer = await page.request(f"/api/records/{customer.contact}/recording", {"Range": "bytes=0-"})
    with wave.open(io.BytesIO(await answer.body())) as sound:
        channels, rate = sound.getnchannels(), sound.getframerate()
        samples = array("h", sound.readframes(sound.getnframes()))
    # The recording begins where the conversation does.
    zero = _first_at(scene, "contact.connected.v1", customer)
    held = _first_at(scene, "contact.held.v1", customer)
    stretches = {
        "conversation": (zero + 0.3, zero + 2.0),
        "muted": (
            scene.moments["muted from"] + 0.2,
            scene.moments["muted until"] - 0.3,
        ),
        "hold": (held + 0.5, held + 2.5),
        "paused": (scene.moments["paused from"] + 0.3, scene.moments["paused until"] - 0.1),
    }
    loud = {
        name: [
            _rms(samples[channel::channels], round((a - zero) * rate), round((b - zero) * rate))
            for channel in range(channels)
        ]
        for name, (a, b) in stretches.items()
    }
    right = (
        channels == 2
        and all(loud[name][0] > AUDIBLE_RMS for name in stretches if name != "paused")
        and max(loud["paused"]) < SILENT_RMS
        and loud["conversation"][1] > AUDIBLE_RMS
        and loud["hold"][1] > AUDIBLE_RMS
        and loud["muted"][1] < SILENT_RMS
    )
    seen = "; ".join(
        f"{name} {', '.join(f'{level:.0f}' for level in levels)}" for name, levels in loud.items()
    )
    scene.state(
        "Both sides are in the recording, the customer left, what the customer heard right",
        right,
        f"{channels} channels of {rate} Hz, {len(samples) / channels / rate:.1f} s; "
        f"RMS left, right: {seen}",
    )


def _first_at(scene: Scene, type_: str, customer: Customer) -> float:
    return scene.journal.every(type_, contact=customer.contact)[0].at


def _rms(samples: "array[int]", first: int, last: int) -> float:
    part = samples[max(first, 0) : max(last, 0)]
    return (sum(each * each for each in part) / len(part)) ** 0.5 if part else 0.0


async def _second_window(scene: Scene, path: str) -> Desktop:
    """A second window of the supervisor's, beside the board."""
    if "records" not in scene.desks:
        board = scene.desks["supervisor"]
        scene.desks["records"] = Desktop(await board.page.context.new_page(), board.url)
    await scene.desks["records"].open(path)
    return scene.desks["records"]


async def today_is_the_same_everywhere(scene: Scene) -> None:
    """The board, today's report and the journal give the same figures."""
    board = scene.desks["supervisor"]
    began = time.time()
    wanted = recomputed(scene.journal.lines)
    told: dict[str, float | None] = {}
    shown: dict[str, str] = {}
    while time.time() - began < 10:
        report = await board.read("/api/reports/today")
        told = {metric["id"]: metric["value"] for metric in report["metrics"]}
        shown = {name: await board.text(f"kpi-{name}") for name in wanted}
        same_report = all(_equal(told.get(name), value) for name, value in wanted.items())
        same_board = all(_written(name, wanted[name]) in words for name, words in shown.items())
        if same_report and same_board:
            break
        # poll: figures follow the journal within moments, without a word to a stranger
        await scene.people.pause(0.2)
    scene.state(
        "Today's report is what the journal adds up to",
        all(_equal(told.get(name), value) for name, value in wanted.items()),
        "; ".join(f"{name} {told.get(name)} = {value}" for name, value in wanted.items()),
    )
    scene.state(
        "The figures add up (identity I1)",
        all(residual == 0 for residual in report["identity"].values()),
        report["identity"],
    )
    scene.state(
        "The board shows the same figures",
        all(_written(name, wanted[name]) in words for name, words in shown.items()),
        "; ".join(shown.values()),
    )
    for name, value in wanted.items():
        scene.report.figure(f"today_{name}", value)


def _equal(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < 0.0015


def _written(name: str, value: float | None) -> str:
    """A figure as the board writes it."""
    if value is None:
        return "—"
    if name == "service_level":
        return f"{value * 100:.1f}%"
    if name in ("asa", "aht"):
        return f"{int(value) // 60:02d}:{int(value) % 60:02d}"
    return str(round(value))

"""The list of records over a hundred thousand contacts: when its first page is there, what a filter
costs, and how steadily it scrolls."""

import time
from dataclasses import dataclass
from itertools import pairwise

from playwright.async_api import CDPSession, Page

from lianxi.drills.bench_web.measure import Bench, p95

FIRST_PAGE_MS = 1_000.0
FRAMES_PER_S = 50.0
"""What is asked for (P7 of the requirements for the web)."""

_SPEED = 3_000
"""Pixels a second: some eighty rows."""

_ROWS = '[data-testid="table-records"] tbody tr'

_MORE = '[data-testid="table-more"]:not(.ant-btn-loading)'
"""A press while it is busy is for nothing."""

_PIXELS = 20
"""Of each row, scrolled: less than the row is high, so that the end is not reached."""

_TOP = """row => {
  let place = document.querySelector(row)
  const isScrolled = each => each.scrollHeight > each.clientHeight + 1
    && getComputedStyle(each).overflowY !== 'visible'
  while (place.parentElement !== null && !isScrolled(place)) place = place.parentElement
  place.scrollTop = 0
  const {left, right, top, bottom} = place.getBoundingClientRect()
  return {
    x: (Math.max(0, left) + Math.min(innerWidth, right)) / 2,
    y: (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2,
  }
}"""
"""What scrolls, at its beginning, and its middle."""

_FIRST_PAGE = """row => {
  window.__seen = new Promise(done => addEventListener('click', pressed => {
    const look = () => {
      if (document.querySelector(row)?.checkVisibility()) {
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - pressed.timeStamp)))
      } else {
        requestAnimationFrame(look)
      }
    }
    requestAnimationFrame(look)
  }, {capture: true, once: true}))
}"""

_FRAMES = """() => {
  const frames = []
  const beat = now => {
    frames.push(now)
    window.__beating = requestAnimationFrame(beat)
  }
  window.__beating = requestAnimationFrame(beat)
  window.__frames = () => {
    cancelAnimationFrame(window.__beating)
    return frames
  }
}"""

_GREW = "([rows, before]) => document.querySelectorAll(rows).length > before"

_FILTERS = (
    "number_tail=77", "number_tail=123456", "outcome=abandoned", "queue=0.q03", "agent=00.t03-001",
    "recorded=false", "direction=outbound", "code=fault", "talked_from_s=1200",
    "waited_from_s=600", "waited_from_s=86000", "team=t04&outcome=answered",
)  # fmt: skip
"""Common and rare ones; some find nothing, which is what costs most."""


@dataclass(frozen=True, slots=True)
class _Scrolled:
    """How something scrolled."""

    per_s: float
    """Frames."""
    longest_ms: float
    share: float
    """Of the main thread."""


async def listing(bench: Bench, *, rounds: int, rows: int) -> None:
    """Open the list some times, narrow it, then scroll through many rows.

    Args:
        rounds: each from a page of its own, so that nothing is known yet.
        rows: fetched, a part at a time, before it is scrolled.
    """
    took = [await _opened(bench) for _ in range(rounds)]
    bench.told("list_first_page_ms", p95(took), FIRST_PAGE_MS, "A long list begins soon")
    page, devtools = await bench.page("supervisor")
    await page.goto(f"{bench.people.url}/records")
    await page.locator(_ROWS).first.wait_for()
    narrowed = [await _asked(bench, page, each) for each in _FILTERS]
    slowest = max(range(len(_FILTERS)), key=narrowed.__getitem__)
    bench.report.figure("list_slowest_filter", _FILTERS[slowest])
    bench.told(
        "list_filtered_max_ms", narrowed[slowest], FIRST_PAGE_MS, "Every filter answers soon"
    )
    await _scrolled(bench, page, devtools, rows)
    await page.context.close()


async def _opened(bench: Bench) -> float:
    """From the press on the menu to the rows on the screen."""
    page, _ = await bench.page("supervisor")
    await page.goto(f"{bench.people.url}/reports")
    link = page.get_by_test_id("nav-records")
    await link.wait_for()
    await page.wait_for_load_state("networkidle")
    await page.evaluate(_FIRST_PAGE, _ROWS)
    await link.click()
    took = float(await page.evaluate("window.__seen"))
    await page.context.close()
    return took


async def _asked(bench: Bench, page: Page, query: str) -> float:
    """What the server takes for the first page, told of twice, so that it is the same for all."""
    took = []
    for _ in range(2):
        began = time.perf_counter()
        answer = await page.context.request.get(f"{bench.people.url}/api/records?{query}")
        took.append((time.perf_counter() - began) * 1000)
        if not answer.ok:
            raise RuntimeError(f"{query}: {await answer.text()}")
    return min(took)


async def _scrolled(bench: Bench, page: Page, devtools: CDPSession, rows: int) -> None:
    """The list, and beside it a bare table of as many rows: what this machine can draw at all."""
    while await page.locator(_ROWS).count() < rows:
        before = await page.locator(_ROWS).count()
        await page.locator(_MORE).click()
        await page.wait_for_function(_GREW, arg=[_ROWS, before])
    columns = await page.locator(f"{_ROWS}:first-child td").count()
    bare = await page.context.new_page()
    await bare.set_content(_bare(rows, columns))
    drawn = await _scroll(bench, bare, await page.context.new_cdp_session(bare), "tbody tr", rows)
    await bare.close()
    found = await _scroll(bench, page, devtools, _ROWS, rows)
    bench.report.figure("list_rows", await page.locator(_ROWS).count())
    bench.report.figure("list_scroll_fps", found.per_s)
    bench.report.figure("list_scroll_fps_bare_table", drawn.per_s)
    bench.report.figure("list_scroll_longest_frame_ms", found.longest_ms)
    bench.report.figure("list_scroll_main_thread_share", found.share)
    bench.report.state(
        "A long list scrolls steadily",
        found.per_s >= FRAMES_PER_S,
        f"{found.per_s:.0f} frames a second; a bare table {drawn.per_s:.0f}",
    )


def _bare(rows: int, columns: int) -> str:
    row = "<tr>" + "<td style='padding:8px'>13800138000</td>" * columns + "</tr>"
    return f"<table style='width:100%'><tbody>{row * rows}</tbody></table>"


async def _scroll(
    bench: Bench, page: Page, devtools: CDPSession, selector: str, rows: int
) -> _Scrolled:
    place = await page.evaluate(_TOP, selector)
    await page.evaluate(_FRAMES)
    await devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    began, worked = time.perf_counter(), await bench.worked_s(devtools)
    await devtools.send(
        "Input.synthesizeScrollGesture",
        {
            "x": place["x"], "y": place["y"], "yDistance": -_PIXELS * rows,
            "speed": _SPEED, "gestureSourceType": "mouse",
        },
    )  # fmt: skip
    spent = time.perf_counter() - began
    share = (await bench.worked_s(devtools) - worked) / spent
    frames = [float(each) for each in await page.evaluate("window.__frames()")]
    gaps = [after - before for before, after in pairwise(frames)]
    return _Scrolled(len(frames) / spent, max(gaps, default=0.0), share)

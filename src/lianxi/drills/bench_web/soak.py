"""A shift of a desk in minutes: many contacts in quick succession, and what is left of them."""

import asyncio

from playwright.async_api import CDPSession, Page

from lianxi.drills.bench_web import rows
from lianxi.drills.bench_web.measure import POP, Bench

GROWTH_MB = 50.0
TIMERS = 3.0
"""What is asked for (P6 of the requirements for the web); a timer or two may run at the moment of
counting."""

WARM = 20
"""Contacts before the first look: code is compiled, lists have their usual length."""

_QUIET_S = 0.5
LOOKS = 6

_COUNT_TIMERS = """(() => {
  const LONG_MS = 60_000
  const live = new Set()
  for (const [begin, end, isOnce] of [
    ['setTimeout', 'clearTimeout', true],
    ['setInterval', 'clearInterval', false],
  ]) {
    const begun = window[begin].bind(window)
    const ended = window[end].bind(window)
    window[begin] = (run, delay, ...given) => {
      const id = begun((...told) => {
        if (isOnce) live.delete(id)
        run(...told)
      }, delay, ...given)
      if (!isOnce || (delay ?? 0) < LONG_MS) live.add(id)
      return id
    }
    window[end] = id => {
      live.delete(id)
      ended(id)
    }
  }
  window.__liveTimers = () => live.size
})()"""
"""A long one sweeps a cache, once, and goes by itself: it is not counted."""


async def soak(bench: Bench, *, contacts: int, warm: int = WARM, looks: int = LOOKS) -> None:
    """Ring, talk, wrap up, again and again; then the memory and the timers that stayed.

    Args:
        contacts: after those that warm it up.
        warm: so many are those.
        looks: at memory and timers, before and after.
    """
    page, devtools = await bench.page("8001")
    await page.context.add_init_script(_COUNT_TIMERS)
    view = await bench.read(page, "/api/desk")
    await bench.script(page, rows.desk(rows.idle(view)))
    await page.goto(f"{bench.people.url}/desk")
    await page.locator(".desk").wait_for()
    await devtools.send("Performance.enable")
    for number in range(warm):
        await _contact(page, view, number)
    heap_before, timers_before = await _held(page, devtools, looks)
    for number in range(warm, warm + contacts):
        await _contact(page, view, number)
    heap, timers = await _held(page, devtools, looks)
    bench.report.figure("soak_contacts", contacts)
    bench.report.figure("soak_heap_mb", heap)
    bench.told(
        "soak_heap_growth_mb", heap - heap_before, GROWTH_MB, "A shift leaves little in memory"
    )
    bench.told(
        "soak_timers_growth", timers - timers_before, TIMERS, "No contact leaves a timer behind"
    )
    await page.context.close()


async def _contact(page: Page, view: rows.Row, number: int) -> None:
    strip = f'[data-testid="offer-strip"][data-offer="offer-{number}"]'
    panel = '.desk:has([data-testid="contact-number"]) [data-testid="wrapup-note"]'
    quiet = ".desk:not(:has([data-testid='wrapup-note']))"
    await page.evaluate(POP, [f"r{number}", rows.ringing(view, number), strip])
    await page.evaluate(POP, [f"t{number}", rows.talking(view, number), panel])
    clock = '[data-testid="wrapup-finish"]'
    await page.evaluate(POP, [f"w{number}", rows.wrapping(view, number), clock])
    await page.evaluate(POP, [f"i{number}", rows.idle(view), quiet])


async def _held(page: Page, devtools: CDPSession, looks: int) -> tuple[float, float]:
    """Megabytes that the page holds after everything was swept up, and timers that run: the least
    of some looks, for what is fetched in between ends by itself."""
    heaps, timers = [], []
    for _ in range(looks):
        # pace: nothing tells that a page has come to rest
        await asyncio.sleep(_QUIET_S)
        await devtools.send("HeapProfiler.collectGarbage")
        used = await devtools.send("Runtime.getHeapUsage")
        heaps.append(float(used["usedSize"]) / 2**20)
        timers.append(float(await page.evaluate("window.__liveTimers()")))
    return min(heaps), min(timers)

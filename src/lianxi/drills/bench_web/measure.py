"""Measures the pages of a running centre in Chromium; only the live link is scripted.

A page gets the product's own worker with a WebSocket that is played in front of it, so sequence
numbers, batching and rendering are the product's. Times are from the moment the message reaches the
browser to the frame that shows it.
"""

import json
import time
from importlib.resources import files
from itertools import count
from statistics import median, quantiles
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Page, Route

from lianxi.drills.bench_web import rows
from lianxi.drills.people import People
from lianxi.drills.report import Report

THROTTLE = 4
"""How many times slower than this machine the desk's processor is made to be."""

POP_HEAD_MS = 150.0
POP_PANEL_MS = 800.0
LIVE_PAINT_MS = 300.0
LIVE_SHARE = 0.30
FIRST_LOAD_KB = 600.0
"""What is asked for (P1, P2, P3 and P5 of the requirements for the web), of a call on a slow
computer."""

_WORKER = "**/own.worker-*.js"
_NO_SHARED = "delete window.SharedWorker; window.__bench = new BroadcastChannel('lianxi-bench')"

POP = """async ([round, view, selector]) => {
  const painted = new Promise(done => {
    const look = () => {
      const found = document.querySelector(selector)
      if (found !== null && found.checkVisibility()) {
        requestAnimationFrame(() => setTimeout(() => done(Date.now())))
      } else {
        requestAnimationFrame(look)
      }
    }
    look()
  })
  const told = new Promise(done => {
    const hear = ({data}) => {
      if (data.kind !== 'told' || data.round !== round) return
      window.__bench.removeEventListener('message', hear)
      done(data.at)
    }
    window.__bench.addEventListener('message', hear)
  })
  window.__bench.postMessage({kind: 'me', round, view})
  return await painted - await told
}"""

_FLOOD = """async ([perSecond, seconds, probe]) => {
  const seen = new Map()
  const row = document.querySelector(`[data-testid="board-agent-${probe}"]`)
  const observer = new MutationObserver(() => {
    const text = document.querySelector(`[data-testid="board-agent-${probe}"]`)?.textContent ?? ''
    const stamp = Number(/P(\\d{13})/.exec(text)?.[1] ?? 0)
    if (stamp === 0 || seen.has(stamp)) return
    seen.set(stamp, null)
    requestAnimationFrame(() => setTimeout(() => seen.set(stamp, Date.now() - stamp)))
  })
  const all = {subtree: true, childList: true, characterData: true}
  observer.observe(document.querySelector('#main'), all)
  const over = new Promise(done => {
    window.__bench.addEventListener('message', ({data}) => {
      if (data.kind === 'flooded') done(data.sent)
    })
  })
  window.__bench.postMessage({kind: 'flood', perSecond, seconds, probe})
  const sent = await over
  observer.disconnect()
  return {sent, there: row !== null, took: [...seen.values()].filter(each => each !== null)}
}"""

_LOADED = """() => performance.getEntriesByType('resource')
  .filter(each => /\\.(js|css)$/.test(new URL(each.name).pathname))
  .reduce((sum, each) => sum + each.encodedBodySize, 0)"""


def p95(values: list[float]) -> float:
    """The value that 95 of 100 do not exceed; of fewer than two values the largest."""
    return quantiles(values, n=100)[94] if len(values) > 1 else max(values, default=0.0)


class Bench:
    """One measurement of one centre.

    Args:
        people: browsers at the centre.
        passwords: of its demonstration accounts.
        report: takes the figures.
    """

    def __init__(self, people: People, passwords: dict[str, str], report: Report) -> None:
        self.people = people
        self._passwords = passwords
        self._numbers = count()
        self.report = report

    async def desk(self, *, rounds: int) -> None:
        """First load, and how soon a ringing call and then its whole panel are seen."""
        page, devtools = await self.page("8001")
        view = await self.read(page, "/api/desk")
        await self.script(page, rows.desk(rows.idle(view)))
        await page.goto(f"{self.people.url}/desk")
        await page.locator(".desk").wait_for()
        await page.wait_for_load_state("networkidle")
        loaded_kb = float(await page.evaluate(_LOADED)) / 1024
        heads, panels = await self._popped(page, view, rounds)
        await devtools.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
        slow_heads, slow_panels = await self._popped(page, view, rounds)
        self.told(
            "desk_first_load_kb", loaded_kb, FIRST_LOAD_KB, "The desk loads within its budget"
        )
        self.report.figure("pop_head_full_speed_p95_ms", p95(heads))
        self.report.figure("pop_panel_full_speed_p95_ms", p95(panels))
        self.report.figure("pop_head_median_ms", median(slow_heads))
        self.told("pop_head_p95_ms", p95(slow_heads), POP_HEAD_MS, "A ringing call is seen at once")
        self.told("pop_panel_p95_ms", p95(slow_panels), POP_PANEL_MS, "Its panel follows")
        await page.context.close()

    async def _popped(self, page: Page, view: Any, rounds: int) -> tuple[list[float], list[float]]:
        """Calls that ring and are answered, one after the other: head and panel of each."""
        panel = '.desk:has([data-testid="contact-number"]) [data-testid="wrapup-note"]'
        quiet = ".desk:not(:has([data-testid='wrapup-note']))"
        heads: list[float] = []
        panels: list[float] = []
        for _ in range(rounds):
            number = next(self._numbers)
            strip = f'[data-testid="offer-strip"][data-offer="offer-{number}"]'
            head = await page.evaluate(POP, [f"r{number}", rows.ringing(view, number), strip])
            full = await page.evaluate(POP, [f"t{number}", rows.talking(view, number), panel])
            heads.append(float(head))
            panels.append(float(full))
            await page.evaluate(POP, [f"i{number}", rows.idle(view), quiet])
        return heads, panels

    async def floor(self, *, agents: int, per_second: int, seconds: float) -> None:
        """A large floor that changes all the time: how late it is shown, and what that costs."""
        page, devtools = await self.page("supervisor")
        await self.script(page, rows.floor(agents))
        await page.goto(f"{self.people.url}/live")
        await page.locator(f'[data-testid="board-agent-{rows.PROBE}"]').wait_for()
        await devtools.send("Performance.enable")
        worked, began = await self.worked_s(devtools), time.monotonic()
        found = await page.evaluate(_FLOOD, [per_second, seconds, rows.PROBE])
        share = (await self.worked_s(devtools) - worked) / (time.monotonic() - began)
        took = [float(each) for each in found["took"]]
        self.report.figure("live_changes", int(found["sent"]))
        self.report.figure("live_probes", len(took))
        self.report.state("The watched row changed", bool(took), f"{len(took)} times")
        self.told("live_event_to_paint_p95_ms", p95(took), LIVE_PAINT_MS, "The floor is shown soon")
        self.told("live_main_thread_share", share, LIVE_SHARE, "The page stays free for people")
        await page.context.close()

    def told(self, name: str, value: float, most: float, sentence: str) -> None:
        """Note a figure, and that it is not larger than what is asked for."""
        self.report.figure(name, value)
        self.report.state(sentence, value <= most, f"{name} {value:.3g}, at most {most:g}")

    async def page(self, username: str) -> tuple[Page, CDPSession]:
        """A window on a computer of its own, signed in; and the browser's own tools for it."""
        computer: BrowserContext = await self.people.computer()
        await computer.request.post(
            f"{self.people.url}/api/session",
            data={"username": username, "password": self._passwords[username]},
        )
        await computer.add_init_script(_NO_SHARED)
        page = await computer.new_page()
        return page, await computer.new_cdp_session(page)

    async def read(self, page: Page, path: str) -> Any:
        """What the server tells this person."""
        return await (await page.context.request.get(f"{self.people.url}{path}")).json()

    async def script(self, page: Page, told: dict[str, dict[str, rows.Row]]) -> None:
        """Play the live link of the computer: these rows first, then what the bench says."""
        source = files("lianxi.drills.bench_web").joinpath("scripted.js").read_text()
        front = source.replace("/*ROWS*/ {}", json.dumps(told, ensure_ascii=False))

        async def served(route: Route) -> None:
            answer = await route.fetch()
            await route.fulfill(response=answer, body=f"{front}\n{await answer.text()}")

        await page.context.route(_WORKER, served)

    async def worked_s(self, devtools: CDPSession) -> float:
        """Seconds that the page's main thread has worked, or was at work for, as was asked for when
        measuring began."""
        metrics = (await devtools.send("Performance.getMetrics"))["metrics"]
        return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))

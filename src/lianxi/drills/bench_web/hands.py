"""How soon a key and a way through the menu are answered: from the browser's own time of the press
to the frame that shows what it did."""

from playwright.async_api import Page

from lianxi.drills.bench_web import rows
from lianxi.drills.bench_web.measure import POP, THROTTLE, Bench, p95

REACTION_MS = 100.0
ROUTE_MS = 1_000.0
"""What is asked for (P4 of the requirements for the web)."""

SLOWED_MS = 300.0
"""Of a key when the processor is slowed down."""

_KEYS = (
    ("Alt+w", '[data-testid="state-ready"]'),
    ("Alt+z", '[data-testid="hand-search"]'),
    ("Control+k", '[data-testid="palette-field"]'),
    ("Alt+c", '[data-testid^="wrapup-code-"]:focus'),
    ("?", '[data-testid="help"]'),
)
"""Keys of a call, and what each of them shows."""

_WATCH = """([kind, shown]) => {
  const held = ['Alt', 'Control', 'Shift']
  const isShown = () => {
    if (shown.path === undefined) return document.querySelector(shown.selector)?.checkVisibility()
    return document.querySelector(`.rail a.active[href="${shown.path}"]`) !== null
      && document.querySelector('#main [aria-busy="true"]') === null
      && (document.querySelector('#main h1')?.textContent ?? shown.left) !== shown.left
  }
  window.__reacted = new Promise(done => {
    const hear = pressed => {
      if (held.includes(pressed.key)) return
      removeEventListener(kind, hear, true)
      const look = () => {
        if (isShown()) {
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - pressed.timeStamp)))
        } else {
          requestAnimationFrame(look)
        }
      }
      requestAnimationFrame(look)
    }
    addEventListener(kind, hear, true)
  })
}"""

_REACTED = "window.__reacted"
_TITLE = "document.querySelector('#main h1')?.textContent ?? ''"


async def keys(bench: Bench, *, rounds: int) -> None:
    """Keys of a call, at full speed and slowed down; the first press of each fetches what it shows,
    and is not counted."""
    page, devtools = await bench.page("8001")
    view = await bench.read(page, "/api/desk")
    await bench.script(page, rows.desk(rows.idle(view)))
    await page.goto(f"{bench.people.url}/desk")
    await page.locator(".desk").wait_for()
    talking = '.desk:has([data-testid="contact-number"]) [data-testid="wrapup-note"]'
    await page.evaluate(POP, ["k", rows.talking(view, 0), talking])
    await devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    first = [await _pressed(page, key, shown) for key, shown in _KEYS]
    bench.report.figure("key_first_reaction_max_ms", max(first))
    took, worked = [], []
    for key, shown in _KEYS * rounds:
        before = await bench.worked_s(devtools)
        took.append(await _pressed(page, key, shown))
        worked.append((await bench.worked_s(devtools) - before) * 1000)
    bench.told("key_to_reaction_p95_ms", p95(took), REACTION_MS, "A key is answered at once")
    bench.told("key_main_thread_p95_ms", p95(worked), REACTION_MS, "A key is little work")
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
    slowed = [await _pressed(page, key, shown) for key, shown in _KEYS * rounds]
    bench.told("key_to_reaction_slowed_p95_ms", p95(slowed), SLOWED_MS, "On a slow computer too")
    await page.context.close()


async def _pressed(page: Page, key: str, shown: str) -> float:
    """How long the key took; what it opened is closed again."""
    await page.evaluate(_WATCH, ["keydown", {"selector": shown}])
    await page.keyboard.press(key)
    took = float(await page.evaluate(_REACTED))
    if ":focus" in shown:
        await page.evaluate("document.activeElement.blur()")
    else:
        await page.locator(shown).focus()
        await page.keyboard.press("Escape")
        await page.locator(shown).wait_for(state="hidden")
    return took


async def routes(bench: Bench, *, rounds: int) -> None:
    """Every page of a supervisor's menu in turn, with real figures; the first turn fetches the
    pages and is not counted."""
    page, devtools = await bench.page("supervisor")
    await page.goto(f"{bench.people.url}/")
    links = page.locator(".rail a")
    await links.first.wait_for()
    paths = [str(await each.get_attribute("href")) for each in await links.all()]
    first = [await _gone(page, path) for path in (*paths[1:], paths[0])]
    ways = [path for _ in range(rounds) for path in (*paths[1:], paths[0])]
    took = [await _gone(page, path) for path in ways]
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
    slowed = [await _gone(page, path) for path in ways]
    bench.report.figure("route_first_change_max_ms", max(first))
    bench.report.figure("route_change_full_speed_p95_ms", p95(took))
    bench.told("route_change_p95_ms", p95(slowed), ROUTE_MS, "Another page is there soon")
    await page.context.close()


async def _gone(page: Page, path: str) -> float:
    left = await page.evaluate(_TITLE)
    await page.evaluate(_WATCH, ["click", {"path": path, "left": left}])
    await page.locator(f'.rail a[href="{path}"]').click()
    return float(await page.evaluate(_REACTED))

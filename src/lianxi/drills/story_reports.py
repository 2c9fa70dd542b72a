"""The report pages: the same figures, and from a figure to its calls, for everyone who looks."""

import asyncio
from pathlib import Path

import lianxi
from lianxi.drills.browser import Desktop
from lianxi.drills.figures import recomputed
from lianxi.drills.scene import Scene

SHOWN_WITHIN_S = 15.0
MOST_CLICKS = 3
AXE = Path(lianxi.__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
"""The checker of accessibility, among the web desktop's packages for development."""

LEVELS = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']"
CHECKED = f"""async () => {{
  const found = await axe.run(document, {{runOnly: {{type: 'tag', values: {LEVELS}}}}})
  return found.violations.map(each => each.id + ' ' + each.nodes[0].html.slice(0, 160))
}}"""
SPEAK = "language => localStorage.setItem('lianxi-language', language)"
TOO_WIDE = """() => {
  const main = document.querySelector('.shell-main')
  return main.scrollWidth - main.clientWidth
}"""
LOOKS = (("zh-CN", 1280, 800), ("en", 1920, 1080))
"""The smallest window in one language, the usual one of supervisors in the other."""

PAGES = ("/reports", "/reports/service_level", "/control-sheet")


async def reports_say_the_same(scene: Scene) -> None:
    """The tiles of the reports show what the journal adds up to, with formula and moment."""
    page = await _reports(scene)
    wanted = recomputed(scene.journal.lines)
    await page.has('[data-testid="as-of"]', within_s=SHOWN_WITHIN_S)
    for metric in ("service_level", "asa"):
        tile = f'[data-testid="report-tile-{metric}"]'
        await page.has(f"{tile}[data-formula]", within_s=SHOWN_WITHIN_S)
        words = await page.text_of(tile)
        scene.state(
            f"The tile of {metric} shows the journal's figure",
            _written(metric, wanted[metric]) in words,
            f"{words}; journal {wanted[metric]}",
        )
    unfed = await page.text_of('[data-standing="no_source"]')
    scene.state(
        "A figure without facts says so and shows no zero",
        "尚无数据来源" in unfed and "0.00" not in unfed,
        unfed,
    )


async def figure_leads_to_its_calls(scene: Scene) -> None:
    """From a tile to a call in two clicks; queue, stretch and agent narrow it in three."""
    page = await _reports(scene)
    await page.click("report-tile-asa")
    await page.has('[data-testid="chart-panel"]', within_s=SHOWN_WITHIN_S)
    clicks = 0
    for level in ("queue", "interval", "agent"):
        row = f'[data-testid="drill"][data-level="{level}"] tbody a'
        if not await page.has(row, within_s=SHOWN_WITHIN_S):
            break
        # The stretches stand in their order: the last one is today.
        await page.page.locator(row).last.click()
        clicks += 1
    contact = '[data-testid="raw-contacts"] tbody a'
    narrowed = await page.has(contact, within_s=SHOWN_WITHIN_S)
    scene.state(
        "Queue, stretch and agent lead to the calls",
        narrowed and clicks <= MOST_CLICKS,
        f"{clicks} clicks: {await page.text('trail')}",
    )
    page = await _reports(scene)
    await page.click("report-tile-asa")
    await page.has(contact, within_s=SHOWN_WITHIN_S)
    await page.page.locator(contact).first.click()
    told = await page.has('[data-testid="ladder-ended"]', within_s=SHOWN_WITHIN_S)
    scene.state("From a tile to the page of a call: two clicks", told, page.page.url)


async def report_is_taken_away(scene: Scene) -> None:
    """E and one click give the figures of the page as a file, with the digits of the screen."""
    page = await _reports(scene)
    await page.click("report-tile-asa")
    await page.has('[data-testid="chart-panel"]', within_s=SHOWN_WITHIN_S)
    shown = (await page.text_of('[data-testid="figure-value"] b')).removesuffix(" s")
    await page.press("e")
    async with page.page.expect_download(timeout=SHOWN_WITHIN_S * 1000) as coming:
        await page.click("export-csv")
    stored = Path(await (await coming.value).path())
    content = await asyncio.to_thread(stored.read_bytes)
    scene.state(
        "The exported figures are those of the screen",
        content.startswith(b"\xef\xbb\xbf") and shown.encode() in content and b"K09.a" in content,
        f"{len(content)} bytes; {shown}",
    )


async def reports_are_for_everyone(scene: Scene) -> None:
    """Nothing on the report pages is hidden from screen readers, in either language and size."""
    if not AXE.exists():
        scene.state("The checker of accessibility is installed", False, "npm ci in web/")
        return
    page = await _reports(scene)
    for language, width, height in LOOKS:
        await page.page.evaluate(SPEAK, language)
        await page.page.set_viewport_size({"width": width, "height": height})
        for path in PAGES:
            await _is_for_everyone(scene, page, path, f"{language}, {width} px")
    await page.page.evaluate(SPEAK, LOOKS[0][0])


async def _is_for_everyone(scene: Scene, page: Desktop, path: str, how: str) -> None:
    await page.open(path)
    await page.page.wait_for_load_state("networkidle")
    await page.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = await page.page.evaluate(CHECKED)
    wide = await page.page.evaluate(TOO_WIDE)
    scene.state(f"{path} can be used by everyone ({how})", not found, found)
    scene.state(f"{path} fits ({how})", wide <= 0, f"{wide} px too wide")


async def _reports(scene: Scene) -> Desktop:
    """The supervisor's window for reports, at the first page."""
    if "reports" not in scene.desks:
        board = scene.desks["supervisor"]
        scene.desks["reports"] = Desktop(await board.page.context.new_page(), board.url)
    page = scene.desks["reports"]
    await page.open("/reports")
    await page.has('[data-testid="report-tile-service_level"]', within_s=SHOWN_WITHIN_S)
    return page


def _written(metric: str, value: float | None) -> str:
    """A figure as the reports write it."""
    if value is None:
        return "该时段无通话"
    return f"{value:.2%}" if metric == "service_level" else f"{value:.1f} s"

"""Pages of the built web desktop in Chromium, over the real API, database and engine.

Telephones are played by the test (`WebCentre`), so nothing here needs a switch or a network of its
own: the application listens on loopback. The pages are those of `web/dist`, or of the folder in
`WEB_DIST` when somebody builds elsewhere (`npx vite build --outDir FOLDER`).
"""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from lianxi.db.embedded import EmbeddedPostgres
from lianxi.db.session import Database
from lianxi.drills.people import chromium
from tests.builders.served import served
from tests.builders.site import ARGUMENTS, DIST, NoViolations, PageOf, Site, violations
from tests.builders.web_centre import Planted, WebCentre, plant_empty, web_centre
from tests.fixtures.tables import copied
from tests.fixtures.web_centre import PLANTED

expect.set_options(timeout=20_000)  # what is looked at is whether it comes, not how soon


def _program() -> str:
    """Chromium without the browser's own windows where it is installed: a sixth less to do."""
    return shutil.which("chromium-headless-shell") or chromium()


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all pages of a process."""
    if not (DIST / "index.html").exists():
        pytest.fail(f"No built pages in {DIST}: run `make web` first.")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=_program(), headless=True, args=list(ARGUMENTS)
        )
        yield started
        await started.close()


@pytest.fixture
async def centre(
    postgres: EmbeddedPostgres, planted: Planted, tmp_path: Path
) -> AsyncIterator[WebCentre]:
    """The demonstration centre with the built pages."""
    (tmp_path / "web").symlink_to(DIST, target_is_directory=True)
    async with copied(postgres, PLANTED) as database:
        async with web_centre(database, tmp_path, planted) as found:
            yield found


@asynccontextmanager
async def opened(centre: WebCentre, browser: Browser) -> AsyncIterator[Site]:
    """A centre behind HTTP; a page that threw fails the test at its end."""
    async with served(centre) as port:
        found = Site(centre, browser, f"http://localhost:{port}")
        yield found
        for context in browser.contexts:
            await context.close()
    assert found.complaints == []


@pytest.fixture
async def site(centre: WebCentre, browser: Browser) -> AsyncIterator[Site]:
    """The demonstration centre behind HTTP."""
    async with opened(centre, browser) as found:
        yield found


@pytest.fixture
async def empty_site(database: Database, browser: Browser, tmp_path: Path) -> AsyncIterator[Site]:
    """A centre after its first start with `LIANXI_BEGIN_WITH=empty`: an administrator, no queue."""
    (tmp_path / "web").symlink_to(DIST, target_is_directory=True)
    async with web_centre(database, tmp_path, await plant_empty(database)) as centre:
        async with opened(centre, browser) as found:
            yield found


@pytest.fixture
def page_of(site: Site) -> PageOf:
    """`await page_of("admin", "/records", language="en", theme="dark")` gives a `Desktop`."""
    return site.page_of


@pytest.fixture
def no_violations() -> NoViolations:
    """`await no_violations(page)` fails with what axe has against a Playwright page."""

    async def check(page: Page) -> None:
        lines = [
            f"{each['id']}: {each['help']}: {node['target']} {node['html'][:160]}"
            f" {node.get('failureSummary', '')[:300]}"
            for each in await violations(page)
            for node in each["nodes"]
        ]
        assert not lines, f"{page.url}\n" + "\n".join(lines)

    return check

"""An administrator makes a key, lets a system be told, and takes the audit along as a file."""

import asyncio
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lianxi.modules.webhooks.jobs import Given, Teller
from lianxi.worker.exporting import exporter
from tests.builders.site import NoViolations, PageOf, Site
from tests.builders.web_centre import ZONE

pytestmark = pytest.mark.web


async def test_an_administrator_makes_a_key_and_takes_the_audit_along(
    site: Site, page_of: PageOf, no_violations: NoViolations, tmp_path: Path
) -> None:
    # Given the page of the system
    desktop = await page_of("admin", "/admin/system?tab=keys")
    # When a key is made
    await desktop.by("key-new").click()
    await desktop.by("key-name").fill("数据仓库")
    await desktop.page.get_by_label("读通话记录").check()
    await desktop.by("key-make").click()
    token = await desktop.by("once").input_value()
    # Then a program comes in with it, and reads what it may
    api = desktop.page.request
    headers = {"Authorization": f"Bearer {token}", "Cookie": ""}
    assert (await api.get(f"{site.url}/api/records", headers=headers)).status == 200
    assert (await api.get(f"{site.url}/api/audit", headers=headers)).status == 403
    await desktop.by("once-done").click()
    # And when the audit is exported, the worker makes the file and the page offers it
    await desktop.by("tab-audit").click()
    await desktop.by("export").click()
    await desktop.by("export-csv").click()
    await desktop.by("export-progress").wait_for()
    made = exporter(
        site.centre.database.sessions, site.centre.settings.paths.exports, zone=ZONE,
        now=site.centre.now,
    )  # fmt: skip
    assert await made.once() == 1
    async with desktop.page.expect_download() as coming:
        await desktop.by("export-file").click()
    file = await (await coming.value).path()
    assert "api_key.made" in file.read_text("utf-8-sig")
    await no_violations(desktop.page)


async def test_a_system_is_told_and_the_page_says_what_it_answered(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given a system of ours that takes messages
    came: list[str] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    system = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = system.sockets[0].getsockname()[1]
    desktop = await page_of("admin", "/admin/system?tab=webhooks")
    # When a webhook is made for it
    await desktop.by("hook-new").click()
    await desktop.by("hook-name").fill("客户系统")
    await desktop.by("hook-url").fill(f"http://localhost:{port}/hook")
    await desktop.by("hook-internal").click()
    await desktop.by("hook-save").click()
    assert (await desktop.by("once").input_value()).startswith("whsec_")
    await desktop.by("once-done").click()
    # And a test is sent
    await desktop.page.get_by_role("button", name="客户系统").click()
    await desktop.by("hook-test").click()
    centre = site.centre
    teller = Teller(
        Given(
            sessions=centre.database.sessions, journal=centre.journal,
            seals=centre.desks.vault, now=centre.now, zone=ZoneInfo(ZONE),
        )
    )  # fmt: skip
    await desktop.page.locator("[data-testid^=delivery-]").first.wait_for()
    assert await teller.post_due() == 1
    # Then it came, signed, and the list says that it was taken
    assert "lianxi-signature: v1=" in came[0].lower()
    await desktop.page.locator("[data-state=delivered]").wait_for()
    await no_violations(desktop.page)
    system.close()

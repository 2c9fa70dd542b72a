"""People are managed in the browser: one by one, and by a list."""

from pathlib import Path

import pytest

from tests.builders.site import NoViolations, PageOf, Site

pytestmark = pytest.mark.web

LIST = """工号,姓名,用户名,班组,邮箱,队列,技能
9001,赵六,,一班,,售前:8,英语:3
9002,,,一班,,,
"""


def words_of(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


async def test_a_new_agent_is_created_and_signs_in_with_the_password_shown(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given the administrator's list of people
    desktop = await page_of("admin", "/admin/people")
    await desktop.by("people-new").click()
    # When a person with a place at a desk is created
    await desktop.by("person-name").fill("新座席")
    await desktop.by("person-username").fill("8100")
    await desktop.by("person-team").click()
    await desktop.page.locator(".ant-select-item-option", has_text="一班").click()
    await desktop.by("person-agent").fill("8100")
    await desktop.by("person-save").click()
    # Then the password is shown once, and opens the desktop
    password = await desktop.by("password-text").inner_text()
    await no_violations(desktop.page)
    await desktop.by("password-done").click()
    assert await desktop.is_shown("row-8100", within_s=10)
    site.centre.passwords["8100"] = password.strip()
    theirs = await page_of("8100", "/me")
    assert await theirs.is_shown("own-sign-ins", within_s=10)
    assert await theirs.is_shown("nav-desk", within_s=5)


async def test_a_list_is_looked_at_before_its_good_lines_are_taken(
    page_of: PageOf, tmp_path: Path, no_violations: NoViolations
) -> None:
    # Given a list with one line that is wrong
    (tmp_path / "people.csv").write_text(LIST, encoding="utf-8")
    desktop = await page_of("admin", "/admin/people", language="en", theme="dark")
    await desktop.by("people-import").click()
    # When it is looked at
    await desktop.by("import-file").set_input_files(tmp_path / "people.csv")
    # Then the line says what is wrong, and nothing is stored before the good ones are wanted
    said = desktop.by("plan-line-3")
    assert "Name: nothing is written" in await said.inner_text()
    await no_violations(desktop.page)
    await desktop.by("import-take-good").click()
    async with desktop.page.expect_download() as saved:
        await desktop.by("import-passwords").click()
    kept = words_of(await (await saved.value).path())
    assert '"9001","赵六","9001","' in kept
    await desktop.by("import-close").click()
    assert await desktop.is_shown("row-9001", within_s=10)

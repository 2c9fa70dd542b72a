"""Pages and drawers of the desktop that no menu leads to: what is opened from its pages."""

from dataclasses import dataclass

from playwright.async_api import Page

from lianxi.drills.walking import go, is_at_rest


@dataclass(frozen=True, slots=True)
class Place:
    """An address, and what is pressed there, one after the other (selectors)."""

    path: str
    opened_by: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join([self.path, *self.opened_by])


def tested(name: str) -> str:
    """The selector of an element by its name for tests."""
    return f'[data-testid="{name}"]'


OF_AGENTS = (Place("/records/call-8001"), Place("/records?view=missed"))

OF_TEAM_LEADS = (
    Place("/records/call-8001"),
    Place("/live", (f"{tested('board-queue-service')} button",)),
    Place("/reports/aht"),
)

OF_ADMINISTRATORS = (
    Place("/records/call-8001"),
    Place("/records", (tested("filters-more"),)),
    Place("/live", (f"{tested('board-queue-service')} button",)),
    Place("/live", (f"{tested('board-agent-8001')} button",)),
    Place("/walls", (tested("wall-new"),)),
    Place("/reports/aht"),
    Place("/reports/costs"),
    Place("/reports", (tested("subscription-add"),)),
    Place("/flows/welcome"),
    Place("/flows/welcome?node=menu"),
    Place("/flows/welcome?view=list&panel=walk"),
    Place("/flows/welcome?panel=versions"),
    Place("/flows?tab=prompts", (tested("prompt-new"),)),
    Place("/admin/people?person=new"),
    Place("/admin/people?tab=teams", (tested("teams-new"),)),
    Place("/admin/people", (tested("people-import"),)),
    Place("/admin/people?tab=roles"),
    Place("/admin/routing/queues/service"),
    Place("/admin/routing?tab=skills"),
    Place("/admin/routing?tab=numbers&new=number"),
    Place("/admin/routing?tab=trunks", (tested("trunk-new"),)),
    Place("/admin/routing?tab=centre"),
    Place("/admin/service?tab=codes"),
    Place("/admin/service?tab=reasons"),
    Place("/admin/service?tab=scripts"),
    Place("/admin/system?tab=alarms"),
    Place("/admin/system?tab=audit"),
    Place("/admin/system?tab=retention"),
    Place("/admin/system?tab=keys", (tested("key-new"),)),
    Place("/admin/system?tab=webhooks", (tested("hook-new"),)),
    Place("/admin/system?tab=exports"),
)


async def visit(page: Page, place: Place) -> None:
    """Go there without loading the page anew; what was open on the page before is closed."""
    await go(page, "/welcome")
    await page.locator("#main > .empty-state").wait_for()
    await go(page, place.path)
    await is_at_rest(page)
    for selector in place.opened_by:
        await page.locator(selector).first.click()
    await is_at_rest(page)

"""What is hard to reach on a page as it is shown: too small to press, cut off, too wide, hidden."""

from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, Page

_ASKED = Path(__file__).with_name("reach.js").read_text().split("\n", 1)[1].strip()


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a board on a wall."""

    text: str
    px: float
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Focus:
    """What has the focus."""

    name: str
    is_hidden: bool
    """Nothing of it is on top where it stands."""
    ring_px: float
    """Width of what shows it."""


async def focus_after_tab(page: Page) -> Focus | None:
    """Press Tab; None where the focus has left the page."""
    await page.keyboard.press("Tab")
    found = await page.evaluate(f"({_ASKED}).focused()")
    return None if found is None else Focus(**found)


async def out_of_reach(page: Page) -> list[str]:
    """Targets below 28 px, texts that are cut off, and what is wider than its place."""
    found: list[str] = await page.evaluate(f"({_ASKED}).faults()")
    return found


async def sizes_of_text(page: Page) -> list[Text]:
    """Every text of a board on a wall, from the top."""
    return [Text(**each) for each in await page.evaluate(f"({_ASKED}).texts()")]


async def comes_into_sight(place: Locator) -> bool:
    """Whether something can be scrolled to, and nothing lies over it there."""
    await place.scroll_into_view_if_needed()
    return bool(
        await place.evaluate(
            """each => {
              const {left, right, top, bottom} = each.getBoundingClientRect()
              const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
              return hit !== null && (each.contains(hit) || hit.contains(each))
            }"""
        )
    )

"""What the figures show of calls that others count in different ways: rules of the field."""

import pytest

from lianxi.engine.messages.routing import Queue
from lianxi.engine.messages.values import Party
from lianxi.kernel.time import Instant, Millis
from lianxi.reports.figures import Figures
from lianxi.reports.metrics.service_level import SERVICE_LEVEL
from lianxi.reports.windows import Window
from tests.builders.marts import figures_from, in_duckdb
from tests.builders.story import NOON, SALES, SERVICE, Story
from tests.builders.worked_example import Calls, example

pytestmark = pytest.mark.unit

LATER = Instant(NOON + 3_600_000)
WINDOW = Window(begins_at=NOON, ends_at=LATER)


def measured(story: Story, formula: str | None = None) -> Figures:
    chosen = {"service_level": formula} if formula is not None else {}
    with in_duckdb(story) as facts:
        return figures_from(facts, WINDOW, as_of=LATER, formulas=chosen)


def line(queue: str, short_abandon_s: int) -> Queue:
    return Queue(
        id=SALES if queue == "sales" else SERVICE,
        name=queue,
        name_en=queue,
        short_abandon=Millis(short_abandon_s * 1000),
    )


def test_acd_42_who_gave_up_in_the_menu_at_once_or_late_is_told_apart() -> None:
    """https://github.com/telecmi/TeleCMI-Support/issues/15
    https://doc.vodia.com/docs/call-queue-metrics
    https://docs.exotel.com/contact-center/queue-performance-report
    """
    story = Story()
    # Given queues whose cut-offs for short abandons are 10 s and 30 s
    story.centre(line("sales", 10), line("service", 30))
    # And one gone in the menu, and in each queue one after 5, 10, 20 and 31 seconds
    story.caller_arrives(0, "menu")
    story.contact_ends(story.at(9), "menu", by=Party.CUSTOMER)
    for number, waited in enumerate((5, 10, 20, 31)):
        for queue in (SALES, SERVICE):
            name = f"{queue}{number}"
            story.caller_queues(10, name, queue)
            story.abandons(10 + waited, name)
    found = measured(story)
    # Then the menu is no abandon of a queue, and both figures of abandons are shown:
    # short are 5 and 10 in sales, and 5, 10 and 20 in service
    values = [found.value(name) for name in ("offered", "abandoned", "short_abandoned")]
    assert values == [8, 8, 5]


@pytest.mark.parametrize("formula", SERVICE_LEVEL.formulas, ids=lambda formula: formula.id)
def test_acd_43_the_formula_stands_beside_the_number(formula: object) -> None:
    """Asterisk SL against SL2, A-26559 and A-26775:
    https://github.com/asterisk/asterisk/blob/master/apps/app_queue.c
    """
    formula_id = getattr(formula, "id", "")
    found = measured(example(Calls(calls=1, how="answered", waited_s=5)), formula_id)
    (level,) = [metric for metric in found.metrics if metric.id == "service_level"]
    assert level.formula == formula_id
    assert getattr(formula, "text", "")

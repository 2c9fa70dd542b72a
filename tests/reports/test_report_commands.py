"""`lianxi report`: what is mistyped is said, and what there is not yet as well."""

from pathlib import Path

import pytest

from lianxi.cli import report, report_days
from lianxi.db.session import Database
from lianxi.modules.routing.errors import QueueNotFound
from lianxi.settings import Settings

pytestmark = pytest.mark.db


async def test_a_queue_that_is_not_there_has_no_figures_and_no_days_are_none(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(home=tmp_path, database_url=database.url)
    # When somebody mistypes a queue, then it is said, instead of a table of zeros
    with pytest.raises(QueueNotFound):
        await report._today(settings, "servise", english=False)
    # And before the first night there are no closed days, which is said as well
    await report_days._days(settings, None, None, check=False, as_json=False)
    assert capsys.readouterr().out.startswith("no closed days")

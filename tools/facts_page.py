"""docs/reference/facts.md: every table of facts and its columns, from the models.

What a column means stands beneath it in the source, as a sentence; here it is read from there.
"""

import sys
from pathlib import Path
from typing import Any, cast

from sqlalchemy import BigInteger, Boolean, Column, Enum, Float, Integer, Table
from sqlalchemy.dialects.postgresql import JSONB

from lianxi.projections.closed_days import moment_column
from lianxi.projections.models import Fact
from lianxi.reports.store.tables import fact_tables, name_tables
from tools.routing_page import sentences

PAGE = Path(__file__).parents[1] / "docs/reference/facts.md"

HEAD = """\
# Tables of facts

Made from the code by `make reference`. The projector folds the [journal](events.md) into these
tables, and every figure is computed from them ([figures](../kpi/README.md)). They can be emptied
and folded anew at any time ([rebuild figures](../howto/rebuild-figures.md)); nobody else writes
them.

Instants (`…_at`, `since`) are milliseconds since 1970 (UTC), durations (`…_ms`) are milliseconds.
A column that may be empty says so; other text is `""` where there is nothing to say.

Deadlines (`fact_clock`), work orders (`fact_work_order`), complaints (`fact_complaint`,
`fact_complaint_answer`) and their warnings (`fact_complaint_warning`) are views over the tables of
their modules, and costs (`fact_cost`) a table of the ledger: they are read as they are now, also
for days that are over, and are never kept as files.

## Closed days as files

Days that are over are also kept as Parquet, below `facts` in the home:

```
facts/<table>/day=YYYY-MM-DD/v<N>.parquet
```

A row belongs to the day, by the centre's clock (`LIANXI_TIME_ZONE`), of the moment named under each
table. Rows lie in the order of their key, columns in the order of these lists, whole numbers as
64 bits, words as text; compressed by zstd. The same rows give the same bytes. Which files belong to
a day, and in which version, is written in the table `report_day` alone: a file that is not named
there is not read. A table that has no row on a day has no file.

`facts/sum_queue` and `facts/sum_agent` hold sums of these rows, for reports over long times. They
are worked out of the files of their day and are not meant for anybody else: their columns change
with the metrics.

Whole tables can be taken away, with the permission `reports.raw`, and the act is audited:

```
GET /api/reports/facts/fact_contact?from=2026-11-01&to=2026-11-30&format=parquet
```

`format` is `csv` (UTF-8 with a head, empty text quoted, nothing where there is no value) or
`parquet`. Numbers of customers are masked unless `in_full=true` is asked for by somebody with
`records.reveal`. In CSV, text that a spreadsheet would take for a formula begins with an
apostrophe.
"""


def page() -> str:
    """The whole page."""
    kinds = {kind.__tablename__: kind for kind in Fact.__subclasses__()}
    parts = [HEAD]
    parts += [_section(kinds[name], is_fact=True) for name in fact_tables()]
    parts += [
        "## Names\n\n"
        "What ids are called and which limits hold, by the newest configuration; "
        "they belong to no day.\n"
    ]
    parts += [_section(kinds[name], is_fact=False) for name in name_tables()]
    return "\n".join(parts)


def _section(kind: type[Fact], *, is_fact: bool) -> str:
    table = cast(Table, kind.__table__)
    said = sentences(sys.modules[kind.__module__])
    key = ", ".join(f"`{column.name}`" for column in table.primary_key.columns)
    moment = f" Its day: by `{moment_column(table).name}`." if is_fact else ""
    lines = [
        f"### {table.name}",
        "",
        f"{' '.join((kind.__doc__ or '').split())} Key: {key}.{moment}",
        "",
        "| column | type | meaning |",
        "|---|---|---|",
    ]
    for column in table.columns:
        meaning = said.get((kind.__name__, column.name), "").replace("|", "\\|")
        lines.append(f"| `{column.name}` | {_type(column)} | {meaning} |")
    return "\n".join(lines) + "\n"


def _type(column: Column[Any]) -> str:
    of = column.type
    empty = ", may be empty" if column.nullable else ""
    match of:
        case Enum():
            return f"one of {', '.join(f'`{word}`' for word in of.enums)}{empty}"
        case BigInteger() | Integer():
            name = "whole number"
        case Boolean():
            name = "yes or no"
        case Float():
            name = "number"
        case JSONB():
            name = "list"
        case _:
            name = "text"
    return name + empty

"""Whether contacts were settled at once, worked out of what came after them (K17.b).

A contact of a customer is repeated when the same number comes in again within seven days, about the
same category or before anybody could note one; it is called back when we called the number in that
time. What was coded in wrap-up or said in a survey is not known here.
"""

import duckdb

from lianxi.kernel.time import Instant
from lianxi.projections.outcomes import FOLLOWING
from lianxi.reports.windows import Window

REPEAT_WITHIN_MS = 7 * 86_400_000
"""Field practice runs from a day to a month."""

_FOLLOWING = ", ".join(f"'{channel.value}'" for channel in FOLLOWING)
_CREATE = f"""
CREATE VIEW fact_resolution AS
WITH contacts AS (
    SELECT
        contact, direction, last_queue AS queue, last_agent AS agent,
        CASE WHEN direction = 'outbound' THEN number ELSE caller END AS customer,
        disposition AS category, arrived_at, answered_at, ended_at
    FROM fact_contact
    WHERE direction IN ('inbound', 'outbound') AND channel NOT IN ({_FOLLOWING})
),
looked_ahead AS (
    SELECT
        *,
        min(arrived_at) FILTER (WHERE direction = 'inbound') OVER alike AS next_alike,
        min(arrived_at) FILTER (WHERE direction = 'inbound' AND category = '') OVER later
            AS next_unnamed,
        min(arrived_at) FILTER (WHERE direction = 'outbound') OVER later AS next_out
    FROM contacts
    WHERE customer <> ''
    WINDOW
        alike AS (
            PARTITION BY customer, category ORDER BY arrived_at, contact
            ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
        ),
        later AS (
            PARTITION BY customer ORDER BY arrived_at, contact
            ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
        )
)
SELECT
    contact, queue, agent, ended_at AS closed_at,
    CAST(NULL AS BOOLEAN) AS coded,
    coalesce(least(next_alike, next_unnamed) <= ended_at + {REPEAT_WITHIN_MS}, FALSE) AS repeated,
    coalesce(next_out <= ended_at + {REPEAT_WITHIN_MS}, FALSE) AS called_back,
    CAST(NULL AS BOOLEAN) AS said
FROM looked_ahead
WHERE direction = 'inbound' AND answered_at IS NOT NULL AND ended_at IS NOT NULL
"""


def widened(window: Window) -> Window:
    """The window with the days after it in which somebody may come again."""
    return Window(
        begins_at=Instant(window.begins_at - REPEAT_WITHIN_MS),
        ends_at=Instant(window.ends_at + REPEAT_WITHIN_MS),
    )


def add_resolutions(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the view `fact_resolution` beside a `fact_contact` of a widened window."""
    connection.execute(_CREATE)

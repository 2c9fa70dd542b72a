"""Whose facts figures count, as a condition on any fact that knows its contact.

The marts of the reports say the same in their own language (`reports/marts/shapes.py`); a test
holds them together.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_

from lianxi.projections.outcomes import FOLLOWING, Direction


def came_in(fact: Any) -> ColumnElement[bool]:
    """Facts of contacts that came in and follow from no other contact.

    Args:
        fact: a table of facts with `direction` and `channel`.
    """
    return and_(fact.direction == Direction.INBOUND, fact.channel.not_in(FOLLOWING))

"""How much longer than promised something may take where a drill shares its machine.

`LIANXI_DRILL_PATIENCE=4 lianxi drill crash` looks at what happens and not at how fast: each limit
of time is four times as long. What is promised holds with a patience of 1, on a machine that does
nothing else.
"""

import os

NAME = "LIANXI_DRILL_PATIENCE"


def patient(limit: float) -> float:
    """A limit of time, in whatever unit, as long as this run allows.

    Raises:
        ValueError: the variable is no number of at least 1.
    """
    given = os.environ.get(NAME, "1")
    times = float(given)
    if not times >= 1:
        raise ValueError(f"{NAME}={given}: a number of at least 1 is wanted")
    return limit * times

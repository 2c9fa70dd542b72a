"""Whether two reports say the same, value by value."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

NEAR = 1e-9
"""Relative; both sides add up the same whole numbers, and divide in another order at most."""


def difference(ours: pa.Table, theirs: pa.Table) -> str:
    """The first difference between two tables of figures; empty when there is none.

    Rows may stand in any order and columns in any; what is not there equals what is no number.
    """
    keys = [name for name in ours.column_names if name.startswith(("begins_at", "key_"))]
    if ours.num_rows != theirs.num_rows:
        return f"{ours.num_rows} rows and {theirs.num_rows}"
    order = [(key, "ascending") for key in keys]
    one, other = ours.sort_by(order), theirs.sort_by(order)
    for key in keys:
        if one[key].to_pylist() != other[key].to_pylist():
            return f"other rows: {key} differs"
    for name in ours.column_names:
        if name in keys:
            continue
        if name not in other.column_names:
            return f"{name} is missing"
        mine, its = _numbers(one[name]), _numbers(other[name])
        near = np.isclose(mine, its, rtol=NEAR, atol=NEAR, equal_nan=True)
        if not near.all():
            at = int(np.argmin(near))
            where = ", ".join(str(one[key][at].as_py()) for key in keys)
            return f"{name} of {where}: {mine[at]} and {its[at]}"
    return ""


def values(table: pa.Table) -> int:
    """How many figures there are to compare."""
    return sum(
        table.num_rows - table[name].null_count
        for name in table.column_names
        if not name.startswith(("begins_at", "ends_at", "key_"))
    )


def read(path: str) -> pa.Table:
    """A table of a file, or of a folder of files."""
    return pq.read_table(path)


def _numbers(column: pa.ChunkedArray) -> NDArray[np.float64]:
    return np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)

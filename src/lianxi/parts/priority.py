"""Who comes first when the processors are busy: calls and decisions, before figures and pages.

A switchboard that answers late is heard by callers; a board that is drawn late is seen by nobody
for long. Niceness counts within a session of processes where the kernel groups them so
(`sched_autogroup`), so the group's own is set too. Raising a priority needs the right to
(CAP_SYS_NICE, root); without it everything goes on as it is.
"""

import contextlib
import os
from pathlib import Path

FIRST = -10
LATER = 5


def comes_first(pid: int = 0) -> None:
    """This process (0 = ourselves) is on the way of every call."""
    _set(pid, FIRST)


def may_wait(pid: int = 0) -> None:
    """This process can be late without anybody hearing it."""
    _set(pid, LATER)


def _set(pid: int, niceness: int) -> None:
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, niceness)
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid or 'self'}/autogroup").write_text(str(niceness))

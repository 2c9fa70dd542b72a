"""When an event of a warning is refused. Pure."""

from lianxi.modules.warnings.contracts import ComplaintWarning
from lianxi.modules.warnings.errors import (
    FirstRound,
    WarningNotRejected,
    WarningRejected,
    WarningTextMissing,
)
from lianxi.office.flow.contracts import Happened


def has_text(warning: ComplaintWarning, happened: Happened) -> None:
    """An opinion, a reason or what was done is written down."""
    if not happened.reason.strip():
        raise WarningTextMissing(event=happened.event)


def is_rejected(warning: ComplaintWarning, happened: Happened) -> None:
    """The supervisor decided that the sheet does not conform."""
    if not is_rejected_now(warning):
        raise WarningNotRejected


def is_not_rejected(warning: ComplaintWarning, happened: Happened) -> None:
    """The sheet has not been judged yet."""
    if is_rejected_now(warning):
        raise WarningRejected


def is_rejected_now(warning: ComplaintWarning) -> bool:
    """Whether its sheet was found wanting and has not gone back yet."""
    last = warning.reviews[-1] if warning.reviews else None
    return last is not None and not last.conforms and last.returned_at is None


def is_later_round(warning: ComplaintWarning, happened: Happened) -> None:
    """The customer was not satisfied once."""
    if warning.round == 1:
        raise FirstRound

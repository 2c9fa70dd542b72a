"""What may keep days from being closed, or facts from being taken away."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class FactsUnknown(Rejection):
    """There is no fact table of this name; docs/reference/facts.md lists them."""

    code = "facts_unknown"
    status = HTTPStatus.NOT_FOUND


class DaysInvalid(Rejection):
    """Give a first and a last day as YYYY-MM-DD, the first not after the last, and no more than 366
    days at once."""

    code = "days_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class FactsBehind(Rejection):
    """The facts do not yet hold everything that the journal knows of this day: let the centre run
    until they do, then close the day."""

    code = "facts_behind"


class DayNotOver(Rejection):
    """This day is not over by the centre's clock; it can be closed after midnight."""

    code = "day_not_over"


class FactsNotWritable(Rejection):
    """Files of facts cannot be written; look at the room on the disk and at the rights of the
    folder. Nothing was lost: figures come from the database meanwhile."""

    code = "facts_not_writable"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class DayFilesDamaged(Rejection):
    """Files of closed days are missing or damaged. Their figures come from the database, and
    `lianxi report close` writes the files again."""

    code = "day_files_damaged"

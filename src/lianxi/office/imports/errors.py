"""Refusals of lists that come from outside."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class ListUnreadable(Rejection):
    """The file is neither a spreadsheet (XLSX) nor a list of values (CSV); save it as one of these
    and bring it again."""

    code = "list_unreadable"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class ListColumnsMissing(Rejection):
    """The first line does not name all columns that are needed; take the template."""

    code = "list_columns_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class ListTooLong(Rejection):
    """The list has more lines than are taken at once; bring it in parts."""

    code = "list_too_long"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class ListHasErrors(Rejection):
    """Some lines of the list are wrong, so none was taken; mend them, or take the good ones
    alone."""

    code = "list_has_errors"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

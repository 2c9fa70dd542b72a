"""Refusals about files of work orders."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class CaseFileNotFound(Rejection):
    """The work order has no such file, or it was removed."""

    code = "case_file_not_found"
    status = HTTPStatus.NOT_FOUND


class CaseFileKindRefused(Rejection):
    """Files of this kind are not taken, or the file is not what its name says; the facts name the
    kinds that are."""

    code = "case_file_kind_refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class CaseFileEmpty(Rejection):
    """The file is empty."""

    code = "case_file_empty"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TooManyCaseFiles(Rejection):
    """The work order has as many files as it may have; remove one first."""

    code = "too_many_case_files"


class CaseFileFrozen(Rejection):
    """The work order is archived or withdrawn; its files stay as they are."""

    code = "case_file_frozen"


class CaseFileNotYours(Rejection):
    """Only who added this file, or a supervisor of work orders, removes it."""

    code = "case_file_not_yours"
    status = HTTPStatus.FORBIDDEN

"""Refusals of documents."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class DocumentNotFound(Rejection):
    """There is no such document, or not this revision of it."""

    code = "document_not_found"
    status = HTTPStatus.NOT_FOUND


class RevisionFixed(Rejection):
    """This revision is no longer a draft; write a new revision instead."""

    code = "revision_fixed"


class DraftOpen(Rejection):
    """Another revision of this document is still being written or reviewed; finish it first."""

    code = "draft_open"


class OwnReview(Rejection):
    """Nobody releases a text of their own; ask somebody else to review it."""

    code = "own_review"

"""Refusals of the recordings module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class RecordingNotFound(Rejection):
    """There is no recording of this contact, or the contact is not among those you may see."""

    code = "recording_not_found"
    status = HTTPStatus.NOT_FOUND


class RecordingNotReady(Rejection):
    """The recording is still being made; it takes some seconds after the end of the call."""

    code = "recording_not_ready"
    status = HTTPStatus.CONFLICT


class RecordingUnreadable(Rejection):
    """The recording's file was altered, or its key is not in the key file; ask whoever runs the
    machine."""

    code = "recording_unreadable"
    status = HTTPStatus.GONE


class RecordingHeld(Rejection):
    """The recording is under legal hold and must be kept; end the hold first."""

    code = "recording_held"
    status = HTTPStatus.CONFLICT


class RecordingLost(Rejection):
    """The recording was made, but its file is gone from the disk; ask whoever runs the machine."""

    code = "recording_lost"
    status = HTTPStatus.GONE


class MarkNotFound(Rejection):
    """There is no such mark in this recording, or it is a colleague's; reload the page to see those
    that are there."""

    code = "mark_not_found"
    status = HTTPStatus.NOT_FOUND


class MarkOutside(Rejection):
    """The recording is shorter than the moment to be marked; choose a moment within it."""

    code = "mark_outside"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

"""Refusals of the wallboards module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class WallNotFound(Rejection):
    """There is no such wallboard, or it shows queues that are not yours to see."""

    code = "wall_not_found"
    status = HTTPStatus.NOT_FOUND


class WallInvalid(Rejection):
    """The wallboard cannot be like this; the field named here says why. A board has a name, at
    least one figure or queue, at most six figures, and only queues and figures that there are."""

    code = "wall_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class WallChangedMeanwhile(Rejection):
    """Somebody else changed this wallboard after you read it; compare both and save again."""

    code = "wall_changed_meanwhile"
    status = HTTPStatus.PRECONDITION_FAILED


class ScreenNotFound(Rejection):
    """There is no such screen, or its link was revoked before."""

    code = "wall_screen_not_found"
    status = HTTPStatus.NOT_FOUND

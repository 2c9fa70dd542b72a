"""Refusals of the organisation module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class OrganisationChanged(Rejection):
    """Somebody else changed the organisation after you read it; look at both versions and save
    again."""

    code = "organisation_changed"
    status = HTTPStatus.PRECONDITION_FAILED


class PostNotFound(Rejection):
    """There is no such post."""

    code = "post_not_found"
    status = HTTPStatus.NOT_FOUND


class PostChanged(Rejection):
    """Somebody else changed this post after you read it; look at both versions and save again."""

    code = "post_changed"
    status = HTTPStatus.PRECONDITION_FAILED


class PostAboveItself(Rejection):
    """A post cannot be its own superior, nor the superior of one above it."""

    code = "post_above_itself"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class PostHolderUnknown(Rejection):
    """Somebody named for this post is not a user here, or their account is closed; name somebody
    else."""

    code = "post_holder_unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class PostRoleUnknown(Rejection):
    """There is no role of this name that could stand in for the post; choose another or none."""

    code = "post_role_unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

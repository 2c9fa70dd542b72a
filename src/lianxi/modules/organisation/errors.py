"""Refusals of the organisation module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class OrganisationChanged(Rejection):
    """Somebody else changed the organisation after you read it; look at both versions and save
    again."""

    code = "organisation_changed"
    status = HTTPStatus.PRECONDITION_FAILED

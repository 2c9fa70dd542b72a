"""Refusals of the webhooks module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class WebhookNotFound(Rejection):
    """There is no such webhook."""

    code = "webhook_not_found"
    status = HTTPStatus.NOT_FOUND


class DeliveryNotFound(Rejection):
    """There is no such message of this webhook; messages are kept for thirty days."""

    code = "delivery_not_found"
    status = HTTPStatus.NOT_FOUND


class WebhookInvalid(Rejection):
    """The webhook is not written as it should be; the field named here says where: an address
    begins with https:// or http:// and has no user name in it, and at least one event is chosen."""

    code = "webhook_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class WebhookChanged(Rejection):
    """Somebody else changed this webhook meanwhile; look at the newer version and change that."""

    code = "webhook_changed"

"""Refusals of the announcements module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class AnnouncementNotFound(Rejection):
    """There is no such announcement; it may have been thrown away while it was a draft."""

    code = "announcement_not_found"
    status = HTTPStatus.NOT_FOUND


class AnnouncementChanged(Rejection):
    """Somebody else changed this announcement after you read it; look at what it is now."""

    code = "announcement_changed"
    status = HTTPStatus.PRECONDITION_FAILED


class AnnouncementTextMissing(Rejection):
    """Give the announcement a title and a text before it is published."""

    code = "announcement_text_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class AnnouncementPlacesMissing(Rejection):
    """Say which places an outage concerns: name one at least, or a work area."""

    code = "announcement_places_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class AnnouncementTimesInvalid(Rejection):
    """The end has to lie after the start and ahead of now; what ends by itself needs one."""

    code = "announcement_times_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class AnnouncementReasonMissing(Rejection):
    """Write what those who were told shall hear of it: this step needs a text."""

    code = "announcement_reason_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class AnnouncementPromptMissing(Rejection):
    """There is no prompt of this name in Chinese; record or upload it first."""

    code = "announcement_prompt_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class AnnouncementNotDraft(Rejection):
    """It is published already: change it with a text that those who were told will hear."""

    code = "announcement_not_draft"


class SubscriberNotFound(Rejection):
    """There is no such subscriber; somebody may have taken it off the list."""

    code = "subscriber_not_found"
    status = HTTPStatus.NOT_FOUND


class SubscriberKnown(Rejection):
    """This address is already told of outages of this place."""

    code = "subscriber_known"


class SubscriberAddressInvalid(Rejection):
    """This is no telephone number or e-mail address that a message can be sent to."""

    code = "subscriber_address_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

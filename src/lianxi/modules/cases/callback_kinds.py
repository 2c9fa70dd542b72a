"""How a customer was heard after the work was done."""

from enum import StrEnum


class CallbackKind(StrEnum):
    """By what way. Wire names: never changed."""

    CALL = "call"
    AGREEMENT = "agreement"
    """协议: as agreed with the customer beforehand."""
    DOOR_VISIT = "door_visit"
    """上门."""
    CARD_RETURN = "card_return"
    """返卡: the customer sent a card back."""
    PHONE_MESSAGE = "phone_message"
    """电话留言."""
    WEB_MESSAGE = "web_message"
    """网上留言, or the answer to a survey."""

"""Telephone numbers and e-mail addresses as most people may see them."""

HIDDEN = "****"


def mask(number: str) -> str:
    """Hide the middle of a number: enough stays to recognise it, not enough to dial it.

    Eight or more signs keep the first three and the last four (seven would leave nothing hidden);
    five to seven keep one and two; shorter ones (extensions, emergency numbers) stay as they are.
    The length of the hidden part is not told.

    >>> mask("13812341234")
    '138****1234'
    >>> mask("02154321")
    '021****4321'
    >>> mask("95588")
    '9****88'
    >>> mask("8001")
    '8001'
    """
    if len(number) <= 4:
        return number
    if len(number) <= 7:
        return f"{number[0]}{HIDDEN}{number[-2:]}"
    return f"{number[:3]}{HIDDEN}{number[-4:]}"


def mask_address(address: str) -> str:
    """Hide most of where a letter goes: of an e-mail address the name but for its first sign, of a
    number its middle.

    >>> mask_address("li@example.com"), mask_address("13812341234")
    ('l****@example.com', '138****1234')
    """
    name, sign, domain = address.partition("@")
    return f"{name[:1]}{HIDDEN}@{domain}" if sign else mask(address)

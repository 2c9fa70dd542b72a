"""What every step of a flow has."""

import msgspec


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a flow."""

    name: str = ""
    name_en: str = ""

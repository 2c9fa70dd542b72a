"""Decisions about wallboards: what a board may be made of."""

import hashlib
from collections.abc import Collection

from lianxi.kernel.ids import QueueId
from lianxi.modules.wallboards.contracts import Content, Layout
from lianxi.modules.wallboards.errors import WallInvalid

MOST_TILES = {Layout.MIXED: 6, Layout.FIGURES: 6, Layout.QUEUES: 3, Layout.FOCUS: 4}
"""More cannot be read from eight metres."""
MOST_QUEUES = 12
LONGEST_NAME = 60
LONGEST_NOTICE = 80
"""Two lines on a board."""


def check(content: Content, *, queues: Collection[QueueId], metrics: Collection[str]) -> None:
    """See that a board is one.

    Args:
        content: as it would be.
        queues: there are, as far as the person sees them.
        metrics: there are.

    Raises:
        WallInvalid: with the field.
    """
    if not content.name.strip() or len(content.name) > LONGEST_NAME:
        raise WallInvalid(field="name", most=LONGEST_NAME)
    if len(content.notice) > LONGEST_NOTICE:
        raise WallInvalid(field="notice", most=LONGEST_NOTICE)
    if not content.tiles and not content.queues:
        raise WallInvalid(field="tiles", least=1)
    if len(content.tiles) > MOST_TILES[content.layout]:
        raise WallInvalid(field="tiles", most=MOST_TILES[content.layout])
    if len(content.queues) > MOST_QUEUES or len(set(content.queues)) != len(content.queues):
        raise WallInvalid(field="queues", most=MOST_QUEUES)
    for queue in content.queues:
        if queue not in queues:
            raise WallInvalid(field="queues", queue=queue)
    for number, tile in enumerate(content.tiles):
        if tile.metric not in metrics:
            raise WallInvalid(field=f"tiles.{number}.metric", metric=tile.metric)
        if tile.queue is not None and tile.queue not in queues:
            raise WallInvalid(field=f"tiles.{number}.queue", queue=tile.queue)
        if tile.target is not None and not 0 <= tile.target <= 1_000_000:
            raise WallInvalid(field=f"tiles.{number}.target")


def queues_of(content: Content) -> set[QueueId]:
    """Every queue that a board tells about."""
    return {*content.queues, *(tile.queue for tile in content.tiles if tile.queue is not None)}


def is_within(content: Content, queues: Collection[QueueId]) -> bool:
    """Whether a board tells of these queues only, and not of the centre as a whole."""
    return all(tile.queue is not None for tile in content.tiles) and queues_of(content) <= set(
        queues
    )


def hash_of(token: str) -> bytes:
    """As it is stored. A token is 256 random bits: a plain hash is enough, nothing is guessed."""
    return hashlib.sha256(token.encode()).digest()

"""A plain psycopg connection from the product's database address."""

import psycopg

CONNECT_WITHIN_S = 5


async def connect(
    url: str, *, waits_for_disk: bool = True
) -> psycopg.AsyncConnection[tuple[object, ...]]:
    """Open a connection in autocommit mode: transactions are explicit.

    Args:
        url: an SQLAlchemy address, `postgresql+psycopg://…`.
        waits_for_disk: False when what is written here counts only once somebody else's later
            commit has reached the disk: the log is written in order, so that takes this along.

    Raises:
        psycopg.OperationalError: the database cannot be reached.
    """
    return await psycopg.AsyncConnection.connect(
        url.replace("+psycopg", "", 1),
        autocommit=True,
        connect_timeout=CONNECT_WITHIN_S,
        options="-c timezone=UTC" + ("" if waits_for_disk else " -c synchronous_commit=off"),
        # A database on another machine that vanished is noticed within about ten seconds.
        keepalives=1,
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=3,
        tcp_user_timeout=10_000,
    )

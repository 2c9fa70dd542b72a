"""What can keep the embedded PostgreSQL from running."""

from lianxi.parts.errors import PartRefusal


class PostgresMissing(PartRefusal):
    """The PostgreSQL programs are missing from {path}; install Lianxi anew, or set
    LIANXI_DATABASE_URL to a PostgreSQL 15 or newer of your own."""

    code = "postgres_missing"


class PostgresOfAnotherVersion(PartRefusal):
    """{path} was written by PostgreSQL {found} and this Lianxi brings {expected}; move it with
    pg_dump and psql of the old version, or set LIANXI_DATABASE_URL."""

    code = "postgres_of_another_version"

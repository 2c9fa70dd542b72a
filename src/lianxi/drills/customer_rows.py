"""A million customers in a database, by statements: what finding is measured on."""

from collections.abc import Callable
from itertools import product

from sqlalchemy import text

from lianxi.db.session import Database
from lianxi.kernel.pinyin import sounds
from lianxi.modules.customers.contracts import Profile

FAMILIES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红波辉"
NAMES = ["".join(signs) for signs in product(FAMILIES, GIVEN, GIVEN)]
STREETS = ("建国路", "中关村大街", "方庄东路", "人民路", "解放大道", "和平里", "城南老街")
NOW_MS = 1_795_000_000_000

_PEOPLE = f"""
INSERT INTO customer (id, name, certificate, sex, company, level, tags, address, place, language,
    remark, confidential, created_at, changed_at, revision, sounds, words)
SELECT 'cu-' || made.n, name, certificate, '', '', '', '[]', address, '', '', '', false,
    {NOW_MS} - made.n * 1000::bigint, {NOW_MS}, 1, sounds,
    words || array_to_tsvector(ARRAY(
        SELECT DISTINCT lower(substr(certificate, first, 2)) FROM generate_series(1, 9) AS first
    ))
FROM (
    SELECT n, 'YH' || lpad(n::text, 8, '0') AS certificate, n * 7919::bigint % :names AS person
    FROM generate_series(1, :number) AS n
) AS made
JOIN person ON person.n = person
"""
_NUMBERS = """
INSERT INTO customer_number (id, customer, number, label, backwards)
SELECT 'cn-' || n, 'cu-' || n, number, '', reverse(number)
FROM (
    SELECT n, '1' || lpad((n::bigint * 7919 % 10000000000)::text, 10, '0') AS number
    FROM generate_series(1, :number) AS n
) AS made
"""


async def fill(database: Database, number: int, words_of: Callable[[Profile], list[str]]) -> None:
    """So many customers, each with a certificate, an address and a telephone; names repeat.

    Args:
        database: with every table.
        number: how many.
        words_of: by what one is found.
    """
    known = []
    for n, name in enumerate(NAMES):
        address = f"{STREETS[n % len(STREETS)]}{n % 900}号"
        words = words_of(Profile(name=name, address=address))
        known.append(
            {"n": n, "name": name, "address": address, "sounds": sounds(name), "words": words}
        )
    async with database.sessions.begin() as session:
        await session.execute(
            text(
                "CREATE TEMP TABLE person "
                "(n int PRIMARY KEY, name text, address text, sounds text, words tsvector)"
            )
        )
        person = ":n, :name, :address, :sounds, array_to_tsvector(CAST(:words AS text[]))"
        await session.execute(text(f"INSERT INTO person VALUES ({person})"), known)
        await session.execute(text("DROP INDEX customer_words_idx"))
        await session.execute(text(_PEOPLE), {"number": number, "names": len(NAMES)})
        await session.execute(text(_NUMBERS), {"number": number})
        await session.execute(text("CREATE INDEX customer_words_idx ON customer USING gin (words)"))
    async with database.engine.connect() as connection:
        plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await plain.execute(text("VACUUM ANALYZE"))
        await plain.execute(text("CHECKPOINT"))

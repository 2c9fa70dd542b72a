"""What holds for every test: its category is declared, time is short, the network is loopback."""

import gc
import os
import time
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

CATEGORIES = {"unit", "db", "asterisk", "web"}
UNIT_LIMIT_S = 2
"""Processor time. By the clock it may take longer: others may be busy on this machine."""
UNIT_CLOCK_S = 20
LOOPBACK = ["127.0.0.1", "127.0.0.2", "::1", "localhost"]

# The gate tries the same examples every time, so that it fails for what was changed and for nothing
# else; new ones are looked for with EXAMPLES=new, and by `lianxi fuzz`.
settings.register_profile("same", derandomize=True)
settings.register_profile("new", derandomize=False)
settings.load_profile(os.environ.get("EXAMPLES", "same"))

_IS_BRIEF = pytest.StashKey[bool]()

pytest_plugins = [
    f"tests.fixtures.{path.stem}"
    for path in sorted((Path(__file__).parent / "fixtures").glob("[a-z]*.py"))
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of our own."""
    parser.addoption(
        "--rewrite-golden", action="store_true", help="write golden files anew instead of comparing"
    )


@pytest.fixture(scope="session")
def rewrite_golden(pytestconfig: pytest.Config) -> bool:
    """Whether golden files are written instead of compared (`make golden`)."""
    return bool(pytestconfig.getoption("--rewrite-golden"))


def pytest_collection_finish() -> None:
    """What is read in by now stays to the end: nobody looks through it for garbage again."""
    gc.freeze()


def pytest_unconfigure() -> None:
    """Libraries want theirs back at the end."""
    gc.unfreeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """A unit test that says no limit of its own has `UNIT_LIMIT_S`."""
    began = time.process_time()
    yield
    spent = time.process_time() - began
    if item.stash.get(_IS_BRIEF, False) and spent > UNIT_LIMIT_S:
        pytest.fail(f"took {spent:.1f} s of a processor; a unit test has {UNIT_LIMIT_S} s")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test is of exactly one category; limits follow from it."""
    unplaced: set[str] = set()
    limits: Counter[str] = Counter()
    for item in items:
        categories = CATEGORIES & {mark.name for mark in item.iter_markers()}
        if len(categories) != 1:
            unplaced.add(item.nodeid.split("::")[0])
            continue
        item.add_marker(pytest.mark.allow_hosts(LOOPBACK), append=False)
        if categories == {"unit"} and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(UNIT_CLOCK_S))
            item.stash[_IS_BRIEF] = True
        limit = item.get_closest_marker("timeout")
        file = item.nodeid.split("::")[0]
        limits[file] = max(limits[file], limit.args[0] if limit is not None else 0)
    # Files that may take long come first, so that no process is left alone with one at the end.
    items.sort(key=lambda item: -limits[item.nodeid.split("::")[0]])
    if unplaced:
        raise pytest.UsageError(
            "each test file says `pytestmark = pytest.mark.X` with one X of "
            f"{', '.join(sorted(CATEGORIES))}; these do not: {', '.join(sorted(unplaced))}"
        )

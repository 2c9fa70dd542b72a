"""A pytest plugin: a property that fails is not shrunk, and the broken copy is what is tested."""

import os
from pathlib import Path

import pytest
from hypothesis import Phase, settings

import lianxi.engine

settings.register_profile(
    "mutation", phases=(Phase.explicit, Phase.generate), database=None, derandomize=True
)
settings.load_profile("mutation")


def pytest_configure() -> None:
    """The copy must be what is imported."""
    copy = Path(os.environ["PYTHONPATH"])
    tested = Path(str(lianxi.engine.__file__))
    if not tested.is_relative_to(copy):
        raise pytest.UsageError(f"{tested} is tested instead of {copy}")

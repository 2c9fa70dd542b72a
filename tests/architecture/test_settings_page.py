"""The operator's page of settings is complete."""

import pytest

from lianxi.settings import Settings
from tests.architecture.tree import ROOT

pytestmark = [pytest.mark.unit, pytest.mark.timeout(30)]


def test_every_setting_is_on_its_page() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    missing = [
        variable
        for name in Settings.model_fields
        if (variable := f"LIANXI_{name.upper()}") not in page
    ]
    assert missing == []

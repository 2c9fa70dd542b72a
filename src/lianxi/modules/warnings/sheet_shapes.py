"""What the sheet of the six contents looks like over HTTP."""

import msgspec

from lianxi.modules.warnings.presets import SHEET
from lianxi.office.form.contracts import Form
from lianxi.office.form.shapes import FormVersionOut


class WarningSheetOut(FormVersionOut):
    """One version of the sheet."""

    contents: list[str]
    """Names of the items that cannot be taken away."""

    @classmethod
    def of(cls, form: Form) -> "WarningSheetOut":
        """A version as it is kept."""
        contents = [item.name for item in SHEET.items]
        return cls.model_validate({**msgspec.to_builtins(form), "contents": contents})

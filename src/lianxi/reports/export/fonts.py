"""Fonts for PDF: one with Chinese characters must be there, and is looked for before pages are set.

Typst sets what it has no glyph for as an empty box and says nothing. A report of boxes is worse
than a sentence that says what to install.
"""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

from lianxi.kernel.errors import Rejection

FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "PingFang SC",
    "Microsoft YaHei",
    "SimHei",
    "SimSun",
)
"""Families with simplified Chinese that are in use, the ones with more weights first."""


class FontMissing(Rejection):
    """No font with Chinese characters is installed, so the PDF cannot be made. Install a package
    such as fonts-noto-cjk or fonts-wqy-microhei, or put a font file into the folder `fonts` of the
    home; CSV and XLSX need none."""

    code = "font_missing"


@cache
def chinese_family(folders: tuple[Path, ...]) -> str:
    """The family that reports are set in.

    Args:
        folders: with fonts, besides those of the system.

    Raises:
        FontMissing: there is none.
    """
    there = {family.casefold() for family in families(folders)}
    for family in FAMILIES:
        if family.casefold() in there:
            return family
    raise FontMissing


def families(folders: Sequence[Path]) -> list[str]:
    """All families that can be used."""
    # Late on purpose: eighty megabytes that only a PDF needs.
    typst = import_module("typst")
    return list(typst.Fonts(font_paths=there(folders)).families())


def there(folders: Sequence[Path]) -> list[str]:
    """Those of the folders that there are, as Typst wants them named."""
    return [str(folder) for folder in folders if folder.is_dir()]

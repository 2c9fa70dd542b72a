"""PDF, set by Typst from one template. Figures and names go in as JSON: no text becomes markup."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import typst

from lianxi.reports.export.curve import svg
from lianxi.reports.export.document import Curve, Document, Language, Table
from lianxi.reports.export.fonts import chinese_family, there
from lianxi.reports.export.words import word

DEFINED_BY = ("metric", "formula", "definition", "meaning", "population", "clock", "target")
WIDE_FROM = 8
"""Columns from which on the page lies on its long side."""


def write(document: Document, fonts: tuple[Path, ...] = ()) -> bytes:
    """The file.

    Raises:
        FontMissing: no font has Chinese characters.
    """
    family = chinese_family(fonts)
    template = resources.files("lianxi.reports.export").joinpath("report.typ").read_bytes()
    setting: Callable[..., bytes] = typst.compile
    return setting(
        template,
        font_paths=there(fonts),
        sys_inputs={"report": json.dumps(content(document, family), ensure_ascii=False)},
        # Typst takes whole seconds only.
        timestamp=datetime.fromtimestamp(document.made_at // 1000, tz=UTC),
    )


def content(document: Document, family: str) -> dict[str, object]:
    """What the template is given: text alone, the figures already printed."""
    language = document.language
    most = max((len(table.columns) for table in document.tables), default=0)
    return {
        "family": family,
        "lang": "zh" if language is Language.ZH else "en",
        "title": document.title,
        "subtitle": document.subtitle,
        "wide": most >= WIDE_FROM,
        "small": most > 2 * WIDE_FROM,
        "watermark": document.watermark,
        "tables": [_table(table) for table in document.tables],
        "curve": None if document.curve is None else svg(document.curve, font=family),
        "curve_title": "" if document.curve is None else _legend(document.curve, language),
        "notes": [[note.label, note.text] for note in document.notes],
        "warnings": list(document.warnings),
        "headings": [word(part, language) for part in DEFINED_BY],
        "about": word("about", language),
        "definitions": [
            [
                one.name, one.formula, one.formula_text, one.meaning, one.population, one.clock,
                one.target,
            ]
            for one in document.definitions
        ],
    }  # fmt: skip


def _table(table: Table) -> dict[str, object]:
    return {
        "title": table.title,
        "columns": [
            {
                "heading": column.heading,
                "formula": column.formula,
                "right": column.is_right,
            }
            for column in table.columns
        ],
        "rows": [
            [column.text(cell) for column, cell in zip(table.columns, row, strict=True)]
            for row in table.rows
        ],
    }


def _legend(curve: Curve, language: Language) -> str:
    """What is drawn, and how its lines are told apart."""
    lines = [language.of("实线:本期", "solid: this period")]
    if curve.before:
        lines.append(language.of("虚线:", "dashed: ") + curve.before_title)
    if curve.target is not None:
        lines.append(language.of("点线:目标", "dotted: target"))
    return f"{curve.title} ({language.of(';', '; ').join(lines)})"

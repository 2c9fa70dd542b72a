"""Files as HTTP answers: named, kept by no cache, run by no browser; who took what is audited."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.time import Instant
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.reports.export.document import Document
from lianxi.reports.export.formats import MEDIA, Format, file_name, written

CONTENT: dict[str, Any] = {MEDIA[format].partition(";")[0]: {} for format in Format}
"""For the description of a route that answers with any of the files."""


async def file_answer(
    session: AsyncSession,
    document: Document,
    format: Format,
    *,
    caller: Caller,
    at: Instant,
    object: str,
    facts: Mapping[str, Any],
    fonts: Path,
) -> Response:
    """The document as a file, and a line in the audit.

    Args:
        object: what was exported, as `kind:id`.
        facts: what explains it: filters, the time.
        fonts: a folder with fonts for PDF; need not exist.

    Raises:
        ExportTooLarge: more rows than the format may have.
        FontMissing: a PDF, and no font has Chinese characters.
    """
    content = await written(document, format, fonts=(fonts,))
    await audit.record(
        session,
        at=at,
        who=caller,
        act=Act.REPORT_EXPORTED,
        object=object,
        facts={**facts, "format": format.value, "rows": document.rows},
    )
    return Response(
        content,
        media_type=MEDIA[format],
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": f'attachment; filename="{file_name(document, format)}"',
            "X-Content-Type-Options": "nosniff",
        },
    )

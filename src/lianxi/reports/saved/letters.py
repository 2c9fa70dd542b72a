"""What stands in the letter that a report comes with."""

from lianxi.reports.export.document import Document, Language
from lianxi.reports.saved.contracts import SavedReport


def text_of(report: SavedReport, document: Document, *, owner: str) -> tuple[str, str]:
    """Subject and text of the letter, in the report's language."""
    zh = report.language is Language.ZH
    subject = f"{'[联系]' if zh else '[Lianxi]'} {report.title} {document.subtitle}"
    lines = [document.title, document.subtitle, ""]
    lines += [f"{note.label}: {note.text}" for note in document.notes]
    if document.warnings:
        lines += ["", *document.warnings]
    lines += [
        "",
        report.language.of(
            "报表见附件,内含每个数字的定义与公式编号。",
            "The report is attached, with the definition and the formula of each figure.",
        ),
        report.language.of(
            f"这封邮件由 {owner} 设置;不想再收到,请与其联系。",
            f"{owner} set up this e-mail; ask there to get it no more.",
        ),
    ]
    return subject, "\n".join(lines) + "\n"

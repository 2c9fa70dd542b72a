"""HTTP for the words of notices, and by what letters leave the house."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Header
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.time import Instant
from lianxi.modules.connectors import facade as connectors
from lianxi.modules.notices import errors, facade
from lianxi.modules.notices.contracts import NoticeChannel, Template, TemplateVersion, Wording
from lianxi.settings import Settings

router = APIRouter(tags=["notices"])

Editor = Annotated[Caller, needs(Permission.CASES_EDIT)]
IfMatch = Annotated[str | None, Header(alias="If-Match")]
Event = Annotated[str, InPath(pattern=r"^[a-z_.]{1,60}$")]
SettingsPart = Annotated[Settings, provided(Settings)]
Long = Annotated[str, StringConstraints(max_length=4_000)]
Line = Annotated[str, StringConstraints(max_length=200)]


class NoticeWording(BaseModel):
    """The words of one event on one channel; empty English is as the Chinese."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    is_on: bool
    zh: Long
    en: Long = ""
    title_zh: Line = ""
    """Of an e-mail: its subject line."""
    title_en: Line = ""


Wordings = dict[NoticeChannel, NoticeWording]


class NoticeTemplateVersionOut(BaseModel):
    """Words as they were saved once; number 0 = as they ship."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    wordings: Wordings
    effective_at: int
    saved_at: int
    saved_by: str


class NoticeTemplateOut(BaseModel):
    """The words of an event, in force and to come."""

    event: str
    revision: str
    """Goes into If-Match."""
    placeholders: list[str]
    current: NoticeTemplateVersionOut
    coming: NoticeTemplateVersionOut | None


class NoticeTemplateIn(BaseModel):
    """Words to be saved, and from when on they hold; null = from now on."""

    model_config = ConfigDict(extra="forbid")

    wordings: Wordings
    effective_at: Annotated[int | None, Field(gt=0)] = None


class NoticePreviewIn(BaseModel):
    """Words to be looked at."""

    model_config = ConfigDict(extra="forbid")

    wordings: Wordings


class NoticeWordsOut(BaseModel):
    """Words with everything filled in."""

    model_config = ConfigDict(from_attributes=True)

    zh: str
    en: str
    title_zh: str
    title_en: str


class NoticePreviewOut(BaseModel):
    """How words read; `real` = filled by what was told last of this event, else by a specimen."""

    real: bool
    words: dict[NoticeChannel, NoticeWordsOut]


class NoticeConnectorOut(BaseModel):
    """A connector that short messages may go by."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    title: str


class NoticeChannelsOut(BaseModel):
    """By what letters leave the house."""

    mail_from: str
    """Sender of e-mail; empty = no mail server is set up."""
    sms_connector: str
    """Empty = none."""
    connectors: list[NoticeConnectorOut]


class NoticeChannelsIn(BaseModel):
    """The connector that takes short messages; empty = none."""

    model_config = ConfigDict(extra="forbid")

    sms_connector: Annotated[str, StringConstraints(max_length=60)]


@router.get(
    "/notice-templates",
    operation_id="list_notice_templates",
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_notice_templates(
    caller: Editor, uow: UnitOfWork, now: Now
) -> list[NoticeTemplateOut]:
    """The words of every event that somebody is told of."""
    return [_out(each) for each in await facade.all_templates(uow, now)]


@router.get(
    "/notice-templates/{event}/versions",
    operation_id="list_notice_template_versions",
    responses=refusals(NotSignedIn, Forbidden, errors.NoticeTemplateNotFound),
)
async def list_notice_template_versions(
    event: Event, caller: Editor, uow: UnitOfWork
) -> list[NoticeTemplateVersionOut]:
    """What was saved when and by whom, newest first."""
    return [_version(each) for each in await facade.versions(uow, event)]


@router.put(
    "/notice-templates/{event}",
    operation_id="put_notice_template",
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.NoticeTemplateNotFound,
        errors.NoticeTemplateInvalid, errors.NoticeTemplateChanged,
    ),
)  # fmt: skip
async def put_notice_template(
    event: Event,
    body: NoticeTemplateIn,
    caller: Editor,
    uow: UnitOfWork,
    now: Now,
    if_match: IfMatch = None,
) -> NoticeTemplateOut:
    """Save words as a new version that holds from a moment on."""
    given = (if_match or "").strip().removeprefix("W/").strip('"')
    saved = await facade.save_template(
        uow,
        event,
        _wordings(body.wordings),
        revision=int(given) if given.isdigit() else None,
        effective_at=None if body.effective_at is None else Instant(body.effective_at),
        by=caller,
        at=now,
    )
    return _out(saved)


@router.post(
    "/notice-templates/{event}/preview",
    operation_id="preview_notice_template",
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.NoticeTemplateNotFound,
        errors.NoticeTemplateInvalid,
    ),
)  # fmt: skip
async def preview_notice_template(
    event: Event,
    body: NoticePreviewIn,
    caller: Editor,
    uow: UnitOfWork,
    now: Now,
    settings: SettingsPart,
) -> NoticePreviewOut:
    """How words read, filled by what was told last of this event; nothing is saved."""
    zone = ZoneInfo(settings.time_zone)
    words, real = await facade.preview(uow, event, _wordings(body.wordings), zone=zone, at=now)
    shown = {channel: NoticeWordsOut.model_validate(each) for channel, each in words.items()}
    return NoticePreviewOut(real=real, words=shown)


@router.get(
    "/notice-channels",
    operation_id="get_notice_channels",
    responses=refusals(NotSignedIn, Forbidden),
)
async def get_notice_channels(
    caller: Editor, uow: UnitOfWork, now: Now, settings: SettingsPart
) -> NoticeChannelsOut:
    """By what letters leave the house."""
    return NoticeChannelsOut(
        mail_from="" if settings.smtp_host is None else settings.smtp_from,
        sms_connector=await facade.sms_connector(uow, now),
        connectors=[
            NoticeConnectorOut.model_validate(each) for each in await connectors.connectors(uow)
        ],
    )


@router.put(
    "/notice-channels",
    operation_id="put_notice_channels",
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, errors.NoticeConnectorNotFound),
)
async def put_notice_channels(
    body: NoticeChannelsIn, caller: Editor, uow: UnitOfWork, now: Now, settings: SettingsPart
) -> NoticeChannelsOut:
    """Choose the connector that takes short messages."""
    await facade.choose_sms_connector(uow, body.sms_connector, by=caller, at=now)
    return await get_notice_channels(caller, uow, now, settings)


def _wordings(given: Wordings) -> dict[NoticeChannel, Wording]:
    return {channel: Wording(**words.model_dump()) for channel, words in given.items()}


def _out(template: Template) -> NoticeTemplateOut:
    return NoticeTemplateOut(
        event=template.event,
        revision=str(template.revision),
        placeholders=list(template.placeholders),
        current=_version(template.current),
        coming=None if template.coming is None else _version(template.coming),
    )


def _version(version: TemplateVersion) -> NoticeTemplateVersionOut:
    return NoticeTemplateVersionOut.model_validate(version, from_attributes=True)

"""Times as they stand in exports: in the centre's zone, the same in both languages."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.reports.questions import Width
from lianxi.reports.windows import Window, local


def moment_text(at: int, zone: ZoneInfo) -> str:
    """`2026-11-21 10:42`."""
    return f"{local(at, zone):%Y-%m-%d %H:%M}"


def bucket_text(begins_at: Instant, ends_at: Instant, width: Width, zone: ZoneInfo) -> str:
    """The name of a bucket: `2026-11-21 10:00–10:30`, `2026-11-21`, `2026-11-16 ~ 11-22`,
    `2026-11`.

    Where the clocks are put back an hour comes twice; both then carry their distance from UTC.
    """
    begins = local(begins_at, zone)
    match width:
        case Width.QUARTER | Width.HALF_HOUR | Width.HOUR:
            text = f"{begins:%Y-%m-%d %H:%M}–{local(ends_at, zone):%H:%M}"
            return f"{text} ({begins:%z})" if _is_twice(begins) else text
        case Width.DAY:
            return f"{begins:%Y-%m-%d}"
        case Width.MONTH:
            return f"{begins:%Y-%m}"
        case Width.WEEK | Width.WHOLE:
            return window_text(Window(begins_at=begins_at, ends_at=ends_at), zone)


def short_text(begins_at: Instant, width: Width, zone: ZoneInfo) -> str:
    """The name of a bucket below a chart: `10:30`, `11-21`, `2026-11`."""
    begins = local(begins_at, zone)
    if width in (Width.QUARTER, Width.HALF_HOUR, Width.HOUR):
        return f"{begins:%H:%M}"
    return f"{begins:%Y-%m}" if width is Width.MONTH else f"{begins:%m-%d}"


def window_text(window: Window, zone: ZoneInfo) -> str:
    """Days where the window is made of whole days, moments otherwise."""
    begins, ends = local(window.begins_at, zone), local(window.ends_at, zone)
    midnight = timedelta()
    if _since_midnight(begins) == midnight == _since_midnight(ends):
        last = local(window.ends_at - 1, zone)
        if begins.date() == last.date():
            return f"{begins:%Y-%m-%d}"
        return f"{begins:%Y-%m-%d} ~ {last:%Y-%m-%d}"
    return f"{begins:%Y-%m-%d %H:%M} ~ {ends:%Y-%m-%d %H:%M}"


def _since_midnight(at: datetime) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)


def _is_twice(at: datetime) -> bool:
    return at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset()

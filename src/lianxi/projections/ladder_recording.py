"""What a contact's ladder tells of its recording, and of legs that were heard badly."""

from lianxi.engine.messages import recordings as r
from lianxi.engine.messages.base import Event
from lianxi.kernel.ids import AgentId
from lianxi.projections.ladder_flow import Told


def of_recording(event: Event) -> tuple[Told, AgentId | None] | None:
    """The rung of one fact, and whose it is; `None` for facts that are not worth one."""
    match event:
        case r.RecordingBegan():
            return ("recording_began", {}), None
        case r.RecordingStarted():
            return ("recording_started", {}), event.agent
        case r.RecordingNoticeEnded(heard=True):
            return ("recording_notice", {}), None
        case r.RecordingNoticeEnded():
            return ("recording_notice_failed", {}), None
        case r.LegQualityTold(is_last=True):
            return ("leg_quality", _facts(event)), event.agent
        case r.LegQualityTold(is_bad=True):
            return ("leg_bad", _facts(event)), event.agent
        case r.LegQualityTold():
            return ("leg_good_again", _facts(event)), event.agent
        case _:
            return None


def _facts(event: r.LegQualityTold) -> dict[str, str | int | bool | None]:
    return {
        "loss_percent": f"{100 * event.loss:.1f}",
        "jitter_ms": round(event.jitter_ms),
        "round_trip_ms": round(event.round_trip_ms),
        "mos": f"{event.mos:.1f}",
        "bad": event.is_bad,
    }

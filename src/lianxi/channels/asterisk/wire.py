"""What Asterisk says on its REST interface, as far as we read it; the rest is passed over."""

from typing import Final

import msgspec


class Party(msgspec.Struct, frozen=True):
    """A name and a number."""

    name: str = ""
    number: str = ""


class Dialplan(msgspec.Struct, frozen=True):
    """Where a channel stands in the dialplan."""

    context: str = ""
    exten: str = ""
    app_name: str = ""


class ChannelView(msgspec.Struct, frozen=True):
    """A channel: one leg."""

    id: str
    name: str = ""
    state: str = ""
    caller: Party = Party()
    dialplan: Dialplan = Dialplan()
    channelvars: dict[str, str] = msgspec.field(default_factory=dict)


class BridgeView(msgspec.Struct, frozen=True):
    """A bridge and the channels in it."""

    id: str
    channels: tuple[str, ...] = ()


class PlaybackView(msgspec.Struct, frozen=True):
    """A playing of media to a channel."""

    id: str
    target_uri: str = ""
    state: str = ""


class RecordingView(msgspec.Struct, frozen=True):
    """A recording that we asked for."""

    name: str
    target_uri: str = ""
    duration: int = 0
    """Seconds, silence included."""
    talking_duration: int = 0
    """Seconds in which something was heard; told only where silence was watched for."""
    cause: str = ""


class RtpStatistics(msgspec.Struct, frozen=True):
    """What was counted of a leg's media. Times are seconds; what is not known is left out."""

    rxcount: int = 0
    txcount: int = 0
    rxploss: int = 0
    txploss: int = 0
    rxjitter: float = 0.0
    txjitter: float = 0.0
    rtt: float = 0.0


class EndpointView(msgspec.Struct, frozen=True):
    """A device, registered or not."""

    technology: str
    resource: str
    state: str | None = None


class Said(msgspec.Struct, frozen=True):
    """An event, or the answer to a request: `type` says which fields count."""

    type: str
    args: tuple[str, ...] = ()
    channel: ChannelView | None = None
    bridge: BridgeView | None = None
    playback: PlaybackView | None = None
    endpoint: EndpointView | None = None
    recording: RecordingView | None = None
    digit: str = ""
    cause: int = 0
    """Why a channel ended, by ITU-T Q.850."""
    tech_cause: int = 0
    """The SIP status that ended it, 0 when none did."""
    request_id: str = ""
    status_code: int = 0
    reason_phrase: str = ""
    message_body: str = ""


class Status(msgspec.Struct, frozen=True):
    """Part of `GET /asterisk/info`."""

    startup_time: str


class About(msgspec.Struct, frozen=True):
    """Answer of `GET /asterisk/info`."""

    status: Status


class Variable(msgspec.Struct, frozen=True):
    """Answer of `GET /channels/{id}/variable`."""

    value: str = ""


class Application(msgspec.Struct, frozen=True):
    """Answer of `GET /applications/{name}`: what belongs to us."""

    channel_ids: tuple[str, ...] = ()
    bridge_ids: tuple[str, ...] = ()


class Request(msgspec.Struct, frozen=True, omit_defaults=True, tag="RESTRequest"):
    """A request as it travels over the WebSocket."""

    request_id: str
    method: str
    uri: str
    content_type: str = ""
    message_body: str = ""


read_said: Final = msgspec.json.Decoder(Said).decode
write: Final = msgspec.json.Encoder().encode

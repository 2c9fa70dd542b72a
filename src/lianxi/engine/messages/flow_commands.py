"""What a flow wants the world to do. Each thing asked for has a request id, which the answer in
`flowing` names."""

from lianxi.engine.messages.base import Command
from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.fax import ReceiveFax
from lianxi.kernel.ids import (
    ContactId,
    LegId,
    RequestId,
    TrunkId,
)
from lianxi.kernel.time import Millis


class HideDigits(Command, frozen=True, kw_only=True, tag="hide_digits"):
    """Keep the digits of the caller until `ShowDigits`, under this id; say each as "x" (the keys
    * and # as they are). Neither logs nor recordings may have them."""

    contact: ContactId
    leg: LegId
    request: RequestId


class ShowDigits(Command, frozen=True, kw_only=True, tag="show_digits"):
    """Tell keys as they are again; what is kept stays until the contact is closed."""

    contact: ContactId
    leg: LegId
    request: RequestId


class AskHttp(Command, frozen=True, kw_only=True, tag="ask_http"):
    """Ask over a connector; say RequestAnswered or RequestFailed."""

    contact: ContactId
    request: RequestId
    connector: str
    arguments: dict[str, Value]
    secrets: dict[str, RequestId]
    limit: Millis


class FindCustomer(Command, frozen=True, kw_only=True, tag="find_customer"):
    """Look for a customer by number; say RequestAnswered or RequestFailed."""

    contact: ContactId
    request: RequestId
    number: str
    limit: Millis


class CheckIdentity(Command, frozen=True, kw_only=True, tag="check_identity"):
    """Whether the code that the caller keyed in is right; say RequestAnswered with `verified`, or
    RequestFailed."""

    contact: ContactId
    request: RequestId
    number: str
    """Whose code it is to be."""
    secret: RequestId
    """The input it was keyed in at."""
    connector: str
    """Who is asked; empty = our own customers."""
    limit: Millis


class RecordVoicemail(Command, frozen=True, kw_only=True, tag="record_voicemail"):
    """Beep, then record the caller until the key, silence, the limit or the hang-up; say
    VoicemailRecorded, also after the caller has gone."""

    contact: ContactId
    leg: LegId
    request: RequestId
    longest: Millis
    silence: Millis
    key: str


class TransferOut(Command, frozen=True, kw_only=True, tag="transfer_out"):
    """Call a number outside and join it with the caller; say TransferOutAnswered, then
    TransferOutEnded; RequestFailed when it is not reached."""

    contact: ContactId
    leg: LegId
    request: RequestId
    number: str
    caller: str
    ring: Millis
    trunk: TrunkId = TrunkId("")
    """Empty = the centre's only one."""


class CancelRequest(Command, frozen=True, kw_only=True, tag="cancel_request"):
    """Stop doing what was asked for; say nothing more about it."""

    contact: ContactId
    leg: LegId
    request: RequestId


FlowCommands = (
    HideDigits | ShowDigits | AskHttp | FindCustomer | CheckIdentity | RecordVoicemail
    | TransferOut | CancelRequest
)  # fmt: skip


ASKING = (
    HideDigits | AskHttp | FindCustomer | CheckIdentity | RecordVoicemail | ReceiveFax
    | TransferOut
)  # fmt: skip
"""Commands a flow waits for."""

"""Refusals of the ivr module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class FlowNotFound(Rejection):
    """There is no such flow."""

    code = "flow_not_found"
    status = HTTPStatus.NOT_FOUND


class FlowVersionNotFound(Rejection):
    """The flow has no such version."""

    code = "flow_version_not_found"
    status = HTTPStatus.NOT_FOUND


class FlowChanged(Rejection):
    """Somebody published another version since you began; compare the two, then publish again."""

    code = "flow_changed"
    status = HTTPStatus.CONFLICT


class FlowInvalid(Rejection):
    """The flow cannot be published: callers would get stuck at the node named here; mend it."""

    code = "flow_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class FlowDraftChanged(Rejection):
    """You saved another draft of this flow from another window; compare the two, then go on."""

    code = "flow_draft_changed"
    status = HTTPStatus.CONFLICT


class FlowPlanExists(Rejection):
    """A version of this flow waits for its time already; call it off first, then plan this one."""

    code = "flow_plan_exists"
    status = HTTPStatus.CONFLICT


class FlowPlanNotFound(Rejection):
    """This planned version is in force by now, or somebody called it off; read the list again."""

    code = "flow_plan_not_found"
    status = HTTPStatus.NOT_FOUND


class FlowPlanTimeInvalid(Rejection):
    """A version can come into force at a moment between now and a year from now."""

    code = "flow_plan_time_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class PromptNameInvalid(Rejection):
    """A prompt's name is made of small letters, digits and underscores, at most 60."""

    code = "prompt_name_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class PromptNotFound(Rejection):
    """There is no such prompt in this language."""

    code = "prompt_not_found"
    status = HTTPStatus.NOT_FOUND


class PromptInUse(Rejection):
    """Flows play this prompt and nothing would take its place; change these flows first."""

    code = "prompt_in_use"
    status = HTTPStatus.CONFLICT


class PromptUnreadable(Rejection):
    """This is not a WAV file with uncompressed sound; save it as PCM and send it again."""

    code = "prompt_unreadable"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class PromptLengthInvalid(Rejection):
    """A prompt is between 0.1 seconds and 5 minutes long."""

    code = "prompt_length_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class PromptSilent(Rejection):
    """The file holds nothing but silence; check the recording."""

    code = "prompt_silent"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

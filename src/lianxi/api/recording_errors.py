"""Refusals of recording at the agent's wish."""

from lianxi.kernel.errors import Rejection


class RecordingNotOnDemand(Rejection):
    """This conversation is recorded by rule, or not at all: here it is not the agent's choice."""

    code = "recording_not_on_demand"


class RecordingUnannounced(Rejection):
    """The caller could not be told of the recording, so this conversation may not be recorded."""

    code = "recording_unannounced"

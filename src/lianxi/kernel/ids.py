"""Typed identifiers. An id of one kind is never accepted where another is meant."""

from typing import NewType

ContactId = NewType("ContactId", str)
"""One interaction with one customer, whatever the channel."""

EntryId = NewType("EntryId", str)
"""One stay of a contact in one queue."""

OfferId = NewType("OfferId", str)
"""One attempt to give a waiting contact to one agent."""

LegId = NewType("LegId", str)
"""One side of a conversation at the switch (a channel)."""

PlaybackId = NewType("PlaybackId", str)
"""One playing of a list of prompts to a contact."""

QueueId = NewType("QueueId", str)
AgentId = NewType("AgentId", str)
TeamId = NewType("TeamId", str)
UserId = NewType("UserId", str)
RoleId = NewType("RoleId", str)
"""One of the roles that ship, or one that the centre made."""
FlowId = NewType("FlowId", str)
NodeId = NewType("NodeId", str)
CalendarId = NewType("CalendarId", str)
TrunkId = NewType("TrunkId", str)
"""A carrier, gateway or PBX: a way in and out."""
GroupId = NewType("GroupId", str)
"""Queues that are merged when it is busy."""
SkillName = NewType("SkillName", str)
PromptName = NewType("PromptName", str)
"""Name of a recorded prompt; the channel finds the file for the language."""

Endpoint = NewType("Endpoint", str)
"""Name of a telephone device at the switch, one per sign-in."""

RequestId = NewType("RequestId", str)
"""One thing asked of the world for a contact in a flow: a look-up, a recording, a call outside."""

FaxId = NewType("FaxId", str)
"""One document sent to a machine outside, however often it is tried."""

MonitorId = NewType("MonitorId", str)
"""One supervisor's listening to a conversation, from beginning to end."""

MessageId = NewType("MessageId", str)
"""One message to the desks of a team."""

CampaignId = NewType("CampaignId", str)
RecordId = NewType("RecordId", str)
"""One person to be reached by a campaign."""

DialId = NewType("DialId", str)
"""One attempt to reach one person: preview, ringing, conversation."""

BlockListId = NewType("BlockListId", str)

CustomerId = NewType("CustomerId", str)
CaseId = NewType("CaseId", str)
"""One work order."""

WarningId = NewType("WarningId", str)
"""One complaint warning about a work order."""

SurveyId = NewType("SurveyId", str)
"""What customers are asked after a work order: stable, chosen by a person."""

InvitationId = NewType("InvitationId", str)
"""One customer who is asked once."""

AreaId = NewType("AreaId", str)
"""A work area: the unit that handles work orders of a place or a trade."""

AnnouncementId = NewType("AnnouncementId", str)
"""One announcement: an outage, or news."""

SubscriberId = NewType("SubscriberId", str)
"""An address that is told of outages of a place."""

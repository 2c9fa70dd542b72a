"""The drill `crash`: the application, Asterisk and PostgreSQL are killed in the middle of calls."""

from lianxi.drills import story_app_killed, story_parts_killed
from lianxi.drills.playing import Drill

CRASH = Drill(
    name="crash",
    title="kill -9, in the middle of calls",
    steps=(
        story_app_killed.an_agent_is_ready,
        story_app_killed.app_dies_in_a_conversation,
        story_app_killed.app_dies_while_a_customer_waits,
        story_app_killed.app_dies_while_it_rings,
        story_parts_killed.asterisk_dies,
        story_parts_killed.database_dies,
    ),
    step_limit_s=150.0,
)

"""The drill `first-call`: one call in all its detail, then what may go wrong with one."""

from lianxi.drills import (
    story_call,
    story_misses,
    story_record,
    story_reports,
    story_tabs,
    story_what_if,
)
from lianxi.drills.playing import Drill

FIRST_CALL = Drill(
    name="first-call",
    title="From a customer's first ring to the report",
    steps=(
        story_call.everybody_sits_down,
        story_call.customer_hears_the_greeting,
        story_call.customer_chooses_and_waits,
        story_call.offer_rings_at_the_desk,
        story_call.agent_mutes,
        story_call.agent_holds,
        story_record.agent_pauses_the_recording,
        story_call.agent_presses_a_key,
        story_call.agent_hangs_up,
        story_call.agent_wraps_up,
        story_record.contact_page_tells_the_story,
        story_record.recording_plays,
        story_misses.nobody_answers,
        story_misses.caller_gives_up_while_it_rings,
        story_misses.unknown_number_is_announced,
        story_misses.strangers_get_nowhere,
        story_tabs.page_is_reloaded_in_a_call,
        story_tabs.desk_is_opened_twice,
        story_tabs.microphone_is_refused,
        story_tabs.strips_were_quick,
        story_record.today_is_the_same_everywhere,
        story_reports.reports_say_the_same,
        story_reports.figure_leads_to_its_calls,
        story_reports.report_is_taken_away,
        story_reports.reports_are_for_everyone,
        story_what_if.today_is_played_again,
    ),
)

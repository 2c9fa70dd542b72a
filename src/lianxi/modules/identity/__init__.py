"""Identity: people, their roles and teams, web sessions, and the devices of signed-in desks.

Owns the tables `team`, `account`, `web_session`, `sign_in_failure` and `desk_session`. Appends no
facts; listens to `agent.signed_out` and `agent.moved` to end desk sessions.
"""

"""IVR: flows as people edit them, their versions, and the prompts they play.

Owns the table `flow_version` (history; never changed) and the prompt files of the centre. A flow
is checked before it is published; the version in force lives with the routing snapshot.
"""

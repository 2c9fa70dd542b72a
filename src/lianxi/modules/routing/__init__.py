"""Routing: queues, agents and the queues they serve, numbers, reasons, opening hours.

Owns the tables `queue`, `agent_setup`, `agent_queue`, `dialled_number`, `not_ready_reason`,
`opening_hours`, `flow_in_force` and `routing_version`. The engine gets all of it as one snapshot
(`facade.current_routing`), asked for through the inbox as `RoutingPublished`.
"""

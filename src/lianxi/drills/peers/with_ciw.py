"""Ciw as a peer: M/M/c+M with its own reneging. The N-design is beyond its plain networks, where a
server belongs to one queue."""

import time

import ciw

from lianxi.drills.peers.shapes import Line, LineRun


def line(model: Line, contacts: int, seed: int) -> LineRun:
    """As many customers as the time of `contacts` arrivals brings."""
    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(1 / model.every_s)],
        service_distributions=[ciw.dists.Exponential(1 / model.handle_s)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / model.patience_s)],
        number_of_servers=[model.agents],
    )
    simulation = ciw.Simulation(network)
    began = time.process_time()
    simulation.simulate_until_max_time(contacts * model.every_s)
    cpu_s = time.process_time() - began
    records = simulation.get_all_records()
    waits = [one.waiting_time for one in records if one.record_type == "service"]
    ended = len(records)
    return LineRun(
        contacts=ended,
        cpu_s=cpu_s,
        abandoned_share=1 - len(waits) / ended,
        answered_after_s=sum(waits) / len(waits),
        service_level=sum(1 for wait in waits if wait <= model.within_s) / ended,
    )

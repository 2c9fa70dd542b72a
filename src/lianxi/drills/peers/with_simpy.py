"""SimPy as a peer: both models as its own manual writes them."""

import random
import time
from collections.abc import Generator

import simpy
from simpy.events import Event
from simpy.resources.resource import Request

from lianxi.drills.peers.shapes import Line, LineRun, TwoSkills, TwoSkillsRun

Steps = Generator[Event, object, None]


def _got(request: Event) -> bool:
    """Whether a request was granted; a call, since the answer changes while one waits."""
    return request.triggered


def line(model: Line, contacts: int, seed: int) -> LineRun:
    """M/M/c+M: a resource, and a request that waits no longer than its patience."""
    draw = random.Random(seed).expovariate
    env = simpy.Environment()
    pool = simpy.Resource(env, capacity=model.agents)
    waits: list[float] = []
    gone = 0

    def customer() -> Steps:
        nonlocal gone
        came = env.now
        with pool.request() as request:
            yield request | env.timeout(draw(1 / model.patience_s))
            if not request.triggered:
                gone += 1
                return
            waits.append(env.now - came)
            yield env.timeout(draw(1 / model.handle_s))

    def arrivals() -> Steps:
        for _ in range(contacts):
            yield env.timeout(draw(1 / model.every_s))
            env.process(customer())

    began = time.process_time()
    env.process(arrivals())
    env.run()
    cpu_s = time.process_time() - began
    return LineRun(
        contacts=contacts,
        cpu_s=cpu_s,
        abandoned_share=gone / contacts,
        answered_after_s=sum(waits) / len(waits),
        service_level=sum(1 for wait in waits if wait <= model.within_s) / contacts,
    )


def two_skills(model: TwoSkills, contacts: int, seed: int) -> TwoSkillsRun:
    """N-design: a customer of class A asks both pools and takes the request back that was late."""
    draw = random.Random(seed).expovariate
    env = simpy.Environment()
    first = simpy.Resource(env, capacity=model.agents)
    second = simpy.PriorityResource(env, capacity=model.agents)
    came = [0, 0]
    gone = [0, 0]

    def of_class_a() -> Steps:
        mine = first.request()
        if _got(mine):
            yield env.timeout(draw(1 / model.handle_s))
            first.release(mine)
            return
        other = second.request(priority=1)
        if not _got(other):
            yield mine | other | env.timeout(draw(1 / model.patience_s))
        both: list[Request] = [mine, other]
        got, late = both if _got(mine) else reversed(both)
        if _got(late):
            late.resource.release(late)
        else:
            late.cancel()
        if not _got(got):
            got.cancel()
            gone[0] += 1
            return
        yield env.timeout(draw(1 / model.handle_s))
        got.resource.release(got)

    def of_class_b() -> Steps:
        with second.request(priority=0) as request:
            yield request | env.timeout(draw(1 / model.patience_s))
            if not request.triggered:
                gone[1] += 1
                return
            yield env.timeout(draw(1 / model.handle_s))

    def arrivals() -> Steps:
        pick = random.Random(seed + 1).random
        for _ in range(contacts):
            yield env.timeout(draw(2 / model.every_s))
            kind = 0 if pick() < 0.5 else 1
            came[kind] += 1
            env.process(of_class_b() if kind else of_class_a())

    began = time.process_time()
    env.process(arrivals())
    env.run()
    cpu_s = time.process_time() - began
    return TwoSkillsRun(
        contacts=contacts,
        cpu_s=cpu_s,
        abandoned_share_a=gone[0] / came[0],
        abandoned_share_b=gone[1] / came[1],
    )

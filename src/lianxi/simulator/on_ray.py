"""Replications on a Ray cluster: the one that RAY_ADDRESS names, or a small one of this machine.

Ray is no dependency of ours. Where it is installed it is found; the machines of a cluster need this
very version of Lianxi, since each plays with its own.
"""

import importlib
import os
import socket
from collections.abc import Callable, Iterator
from typing import Any

from lianxi.simulator.errors import RayMissing, RayNotReached
from lianxi.simulator.scenario import Scenario

ANSWERS_WITHIN_S = 5.0
"""Ray itself asks a silent address for minutes."""


def played_on_ray(
    play: Callable[[Scenario, int], Any], scenario: Scenario, numbers: list[int]
) -> Iterator[Any]:
    """Play replications with these numbers; results come as they are ready.

    Raises:
        RayMissing: the package is not installed.
        RayNotReached: there is no cluster at RAY_ADDRESS, or it refuses us.
    """
    ray = _ray()
    _begin(ray, os.environ.get("RAY_ADDRESS") or None)
    remote, shared = ray.remote(play), ray.put(scenario)
    waiting = [remote.remote(shared, number) for number in numbers]
    try:
        while waiting:
            ready, waiting = ray.wait(waiting)
            yield from ray.get(ready)
    finally:
        for left in waiting:
            ray.cancel(left)


def _ray() -> Any:
    # Asked before Ray is imported: what people simulate is nobody's business.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        return importlib.import_module("ray")
    except ImportError as error:
        raise RayMissing from error


def _begin(ray: Any, address: str | None) -> None:
    """Join the cluster, once in this process."""
    if ray.is_initialized():
        return
    if address is not None:
        _require_answer(address)
    try:
        ray.init(address=address, logging_level="ERROR", include_dashboard=False)
    except (OSError, ValueError, RuntimeError) as error:
        what = " ".join(str(error).split())[:200]
        raise RayNotReached(address=address or "local", what=what) from error


def _require_answer(address: str) -> None:
    """Somebody listens there, if it is a host and a port; "auto" and such are Ray's to find."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdecimal():
        return
    try:
        socket.create_connection((host, int(port)), ANSWERS_WITHIN_S).close()
    except (OSError, OverflowError) as error:
        raise RayNotReached(address=address, what=str(error)) from error

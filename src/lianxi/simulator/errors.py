"""What can be wrong with a scenario, and what to do about it."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class ScenarioMissing(Rejection):
    """There is no such file, or it cannot be read; give the path of a scenario (*.toml)."""

    code = "scenario_missing"
    status = HTTPStatus.NOT_FOUND


class ScenarioNotToml(Rejection):
    """The scenario is not valid TOML; mend the line that is named."""

    code = "scenario_not_toml"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class ScenarioInvalid(Rejection):
    """The scenario says something that cannot be; mend the key that is named."""

    code = "scenario_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    @property
    def sentence(self) -> str:
        """Where it is, what is wrong and what to do."""
        return f"{self.facts['where']}: {self.facts['what']} [{self.facts['problem']}]"


class HistoryInvalid(Rejection):
    """A CSV file that the scenario names cannot be used; see the file, line and column named."""

    code = "scenario_history_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class ScenariosDiffer(Rejection):
    """Two scenarios can be compared only over the same days and half-hours; give both the same
    days, start and interval."""

    code = "scenarios_differ"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class RayMissing(Rejection):
    """Ray is not installed here: install the package ray, or leave out --ray and RAY_ADDRESS to use
    this machine's processors."""

    code = "ray_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class RayNotReached(Rejection):
    """The Ray cluster cannot be joined: see that RAY_ADDRESS names one that runs and lets you in,
    or unset it and leave out --ray to use this machine's processors."""

    code = "ray_not_reached"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

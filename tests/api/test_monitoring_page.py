"""Live figures for a monitoring system: with the token alone, and the same as on the board."""

import pytest
from pydantic import SecretStr

from lianxi.settings import Settings
from tests.builders.web_centre import WebCentre

pytestmark = pytest.mark.db

TOKEN = {"Authorization": "Bearer a-long-token"}


async def test_without_a_token_nobody_reads_it_and_a_wrong_one_does_not_help(
    centre: WebCentre,
) -> None:
    async with centre.browser() as scraper:
        answer = await scraper.client.get("/api/monitoring", headers=TOKEN)
        assert (answer.status_code, answer.json()["code"]) == (404, "monitoring_off")
        _set_token(centre)
        for headers in ({}, {"Authorization": "Bearer another"}, {"Authorization": "Bearer "}):
            answer = await scraper.client.get("/api/monitoring", headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "monitoring_token_wrong")


async def test_figures_carry_their_formula_and_the_floor_is_counted(centre: WebCentre) -> None:
    await centre.caller_waits("c1")
    _set_token(centre)
    async with centre.browser() as scraper:
        text = (await scraper.client.get("/api/monitoring", headers=TOKEN)).text
    assert 'lianxi_waiting{queue="service"} 1.0' in text
    assert 'lianxi_figure{formula="I1.offered",metric="offered",queue=""}' in text
    assert 'lianxi_identity_residual{identity="I1"} 0.0' in text
    assert "service_level" not in text, "nothing to divide by is no figure"


def _set_token(centre: WebCentre) -> None:
    centre.app.state.provided[Settings] = centre.settings.model_copy(
        update={"monitoring_token": SecretStr("a-long-token")}
    )

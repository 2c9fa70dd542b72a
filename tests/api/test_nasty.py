"""Whatever is sent, the answer is a refusal with a code, never a fault of ours."""

import json
from typing import Any

import pytest

from lianxi.api.app import routes_only
from tests.builders.web_centre import WebCentre

pytestmark = [pytest.mark.db, pytest.mark.timeout(120)]

NASTY: list[Any] = [
    None, True, 0, -1, 2**63, 1e308, "", "\x00", "a\x00b", "\ud800", "' OR 1=1 --", "../../x",
    "％", "x" * 5000, [], [[]], {}, {"\x00": 1},
]  # fmt: skip

TURNS = 3
"""A field gets every third of them, its neighbour the next third."""


def bodies(schema: dict[str, Any], parts: dict[str, Any]) -> list[Any]:
    """Bodies of about the right form, each with one nasty value."""
    if "$ref" in schema:
        return bodies(parts[schema["$ref"].rpartition("/")[2]], parts)
    fields = schema.get("properties", {})
    good = {name: example(field, parts) for name, field in fields.items()}
    return [
        {**good, name: nasty}
        for place, name in enumerate(fields)
        for nasty in NASTY[place % TURNS :: TURNS]
    ] + NASTY


def example(schema: dict[str, Any], parts: dict[str, Any]) -> Any:
    """A value that fits, more or less."""
    if "$ref" in schema:
        return example(parts[schema["$ref"].rpartition("/")[2]], parts)
    if "anyOf" in schema:
        return example(schema["anyOf"][0], parts)
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        return {name: example(s, parts) for name, s in schema.get("properties", {}).items()}
    return {"string": "a", "integer": 1, "boolean": False, "array": []}.get(str(schema.get("type")))


async def test_nothing_that_is_sent_is_answered_by_a_fault(centre: WebCentre) -> None:
    described = routes_only().openapi()
    parts = described["components"]["schemas"]
    failed: list[tuple[str, str, int, str]] = []
    async with centre.browser("admin") as admin, centre.browser("8001") as agent:
        await agent.takes_desk()
        for path, methods in described["paths"].items():
            for method, operation in methods.items():
                content = operation.get("requestBody", {}).get("content", {})
                schema = content.get("application/json", {}).get("schema")
                browser = agent if "/desk" in path else admin
                tried: list[tuple[str, bytes | None]] = []
                if schema is not None:
                    plain = path.replace("{", "").replace("}", "")
                    tried += [(plain, json.dumps(body).encode()) for body in bodies(schema, parts)]
                for nasty in ("%00", "%ED%A0%80", "..%2F..", "'", "x" * 300):
                    if "{" in path:
                        body = b"{}" if schema is not None else None
                        tried.append((path.split("{")[0] + nasty + path.split("}")[-1], body))
                for name in [
                    p["name"] for p in operation.get("parameters", []) if p["in"] == "query"
                ]:
                    for nasty in ("%00", "-1", "99999999999999999999", "'", "%ED%A0%80"):
                        tried.append(
                            (f"{path.replace('{', '').replace('}', '')}?{name}={nasty}", None)
                        )
                for url, sent in tried:
                    answer = await browser.client.request(
                        method, url, content=sent, headers={"Content-Type": "application/json"}
                    )
                    if answer.status_code >= 500 and "test-call" not in path:
                        failed.append((method, url, answer.status_code, str(sent)[:120]))
    assert failed == []

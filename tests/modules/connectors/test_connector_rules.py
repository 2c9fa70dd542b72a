"""What a connector may be and where it may lead."""

import pytest

from lianxi.engine.messages.expressions import Value
from lianxi.modules.connectors import rules
from lianxi.modules.connectors.contracts import Connector
from lianxi.modules.connectors.errors import ConnectorInvalid, NotAnswered

pytestmark = pytest.mark.unit


def a_connector(**facts: object) -> Connector:
    usual: dict[str, object] = {"name": "crm", "title": "CRM", "url": "https://crm.example/{id}"}
    return Connector(**{**usual, **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": "My CRM"}, "name"),
        ({"title": ""}, "title"),
        ({"url": "ftp://crm.example/"}, "url"),
        ({"url": "file:///etc/passwd"}, "url"),
        ({"url": "https://"}, "url"),
        ({"url": "https:" + "//somebody@crm.example/"}, "url"),
        ({"url": "https://{host}.example/"}, "url"),
        ({"url": "https://crm.example/#{id}"}, "url"),
        ({"url": "https://crm.example/\r\nX: 1"}, "url"),
        ({"headers": {"Host": "other.example"}}, "headers"),
        ({"headers": {"X-A": "1\r\nX-B: 2"}}, "headers"),
        ({"headers": {"X A": "1"}}, "headers"),
    ],
)
def test_what_is_written_wrong_is_refused_by_field(facts: dict[str, object], field: str) -> None:
    with pytest.raises(ConnectorInvalid) as refused:
        rules.check(a_connector(**facts), {})
    assert refused.value.facts["field"] == field


def test_what_is_right_is_not_refused() -> None:
    rules.check(a_connector(headers={"Accept-Language": "zh"}), {"Authorization": "Bearer x"})


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "localhost",
    ],
)  # fmt: skip
def test_our_own_network_is_not_outside(address: str) -> None:
    assert not rules.is_outside(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "114.114.114.114", "2400:3200::1"])
def test_the_public_network_is(address: str) -> None:
    assert rules.is_outside(address)


def test_arguments_are_only_what_stands_in_their_places() -> None:
    url = "https://crm.example/customers/{number}?open={open}"
    arguments: dict[str, Value] = {"number": "../admin?x=1#y", "open": True, "more": 2}
    found, used = rules.address_of(url, arguments, ())
    assert found == "https://crm.example/customers/..%2Fadmin%3Fx%3D1%23y?open=true"
    assert used == {"number", "open"}


def test_a_secret_is_not_put_into_an_address() -> None:
    with pytest.raises(NotAnswered, match="secret_in_address"):
        rules.address_of("https://bank.example/{pin}", {}, ["pin"])
    with pytest.raises(NotAnswered, match="argument_missing"):
        rules.address_of("https://bank.example/{pin}", {}, [])


def test_an_answer_becomes_values_by_dotted_name() -> None:
    answer = {"customer": {"level": 2, "name": "x" * 900}, "vip": True, "list": [1], "no": None}
    found = rules.fields_of(answer)
    assert found == {"customer.level": 2, "customer.name": "x" * 500, "vip": True}
    with pytest.raises(NotAnswered, match="answer_no_object"):
        rules.fields_of([1])

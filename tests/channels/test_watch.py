"""Who fails too often is refused for a while; who fails now and then is not."""

import pytest

from lianxi.channels.asterisk.scanners import Watch, networks_in, source_of

pytestmark = pytest.mark.unit


def test_the_failure_beyond_the_limit_within_the_time_is_one_too_many() -> None:
    watch = Watch(most=3, within_s=60, refused_for_s=600)
    assert [watch.failed("192.0.2.1", at) for at in (0, 1, 2)] == [False] * 3
    assert watch.failed("192.0.2.1", 3)
    assert watch.refused == ("192.0.2.1",)
    assert not watch.failed("192.0.2.1", 4)


def test_a_phone_with_an_old_password_that_tries_every_half_minute_is_let_be() -> None:
    watch = Watch(most=3, within_s=60)
    assert not any(watch.failed("192.0.2.1", 30 * n) for n in range(100))


def test_a_refused_source_is_heard_again_when_its_time_is_over() -> None:
    watch = Watch(most=0, within_s=60, refused_for_s=600)
    assert watch.failed("192.0.2.1", 10)
    assert watch.next_end == 610
    assert watch.over(609) == []
    assert watch.over(610) == ["192.0.2.1"]
    assert watch.next_end is None


def test_memory_has_an_end_however_many_sources_there_are() -> None:
    watch = Watch(most=0)
    for number in range(2_000):
        watch.failed(f"10.0.{number // 250}.{number % 250}", 0)
    assert len(watch.refused) == 500


@pytest.mark.parametrize(
    ("remote", "source"),
    [
        ("IPV4/UDP/192.0.2.1/5060", "192.0.2.1"),
        ("IPV6/TLS/2001:db8::1/5061", "2001:db8::1"),
        ("IPV4/UDP/not-an-address/1", None),
        ("", None),
    ],
)
def test_the_source_is_read_from_its_own_field(remote: str, source: str | None) -> None:
    assert source_of(remote) == source


def test_names_of_hosts_are_no_networks() -> None:
    found = networks_in(["192.0.2.0/24", "sip.carrier.example", "2001:db8::1"])
    assert [str(each) for each in found] == ["192.0.2.0/24", "2001:db8::1/128"]

"""Who calls, as limits count: one customer's network, however a proxy writes its address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.caller import network


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("192.0.2.7", "192.0.2.7/32"),
        (" 192.0.2.7 ", "192.0.2.7/32"),
        ("192.0.2.7:51234", "192.0.2.7/32"),
        ("::ffff:192.0.2.7", "192.0.2.7/32"),
        ("[::ffff:192.0.2.7]:51234", "192.0.2.7/32"),
        ("::ffff:c000:0207", "192.0.2.7/32"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ('"[2001:db8:1:2::9]:443"', "2001:db8:1:2::/64"),
        ("", ""),
        ("unix:", ""),
        ("unknown", ""),
        ("192.0.2.7:51234:9", ""),
        ("192.0.2.7:puerto", ""),
        ("[2001:db8::1", ""),
        ("x" * 9000, ""),
    ],
)
def test_an_address_is_its_network(told: str, expected: str) -> None:
    assert network(told) == expected


@given(st.text(max_size=80))
def test_anything_is_told_without_trouble(told: str) -> None:
    network(told)


@given(st.ip_addresses(v=4), st.ip_addresses(v=4), st.integers(1, 65535))
def test_two_customers_are_never_one(one: object, other: object, port: int) -> None:
    forms = "{}", "{}:%d" % port, "::ffff:{}", "[::ffff:{}]:%d" % port  # noqa: UP031
    assert len({network(form.format(one)) for form in forms}) == 1
    if one != other:
        assert {network(form.format(one)) for form in forms}.isdisjoint(
            network(form.format(other)) for form in forms
        )

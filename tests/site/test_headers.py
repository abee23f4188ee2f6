"""Headers that forbid what no page needs, on every answer."""

import pytest
from django.test import Client

from zicht.site.faces import is_staff_side
from zicht.site.middleware import CONTENT_SECURITY_POLICY

EVERYWHERE = ["/", "/en/report/", "/nothing-here/", "/staff/", "/en/staff/account/login/", "/figures/"]
STAFF = [address for address in EVERYWHERE if "staff" in address]


def test_the_policy_allows_no_inline_code_and_nothing_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY


@pytest.mark.django_db
@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_carries_the_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", EVERYWHERE)
def test_no_other_site_learns_where_somebody_came_from(client: Client, address: str) -> None:
    # The staff side needs more than "no-referrer": with that a browser sends forms without saying from where, and the
    # check against forged forms refuses every one of them.
    expected = "same-origin" if is_staff_side(address) else "no-referrer"
    assert client.get(address).headers["Referrer-Policy"] == expected


@pytest.mark.django_db
@pytest.mark.parametrize("address", STAFF)
def test_no_cache_keeps_a_staff_page(client: Client, address: str) -> None:
    assert "no-store" in client.get(address).headers["Cache-Control"]

"""Two faces that share nothing: the visitor's has no session, no cookie and no database; the staff's is closed."""

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern

from zicht.site.faces import is_staff_side, keep_nothing_of_visitors_pages
from zicht.site.urls import addresses, for_programs

VISITOR_ADDRESSES = ["/", "/report/", "/en/", "/en/report/"]


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/", False),
        ("/en/", False),
        ("/report/", False),
        ("/en/report/", False),
        ("/static/site/zicht.css", False),
        ("/staffroom/", False),
        ("/report/staff/", False),
        ("/staff/", True),
        ("/staff", True),
        ("/en/staff/log/", True),
        ("/nl/staff/", True),
        ("//staff/", True),
        ("/figures/", True),
        ("/en/figures/", True),
        ("/figures.csv", False),
        # Programs have a key in place of a session.
        ("/api/v1/cases", False),
    ],
)
def test_only_staff_and_figures_lie_on_the_staff_side(path: str, answer: bool) -> None:
    assert is_staff_side(path) is answer


# No mark for the database on purpose: a visitor's page that asked for one would fail here.
@pytest.mark.parametrize("address", VISITOR_ADDRESSES)
def test_a_visitors_page_sets_no_cookie_and_knows_no_session(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert not hasattr(response.wsgi_request, "session")
    assert not hasattr(response.wsgi_request, "user")


@pytest.mark.parametrize("address", VISITOR_ADDRESSES)
def test_a_visitors_page_is_the_same_for_whoever_asks(client: Client, address: str) -> None:
    plain = client.get(address)
    client.cookies["zicht"] = "whatever"
    other = client.get(
        address, headers={"accept-language": "en", "user-agent": "Other/1.0", "referer": "https://a.example"}
    )
    assert other.content == plain.content
    assert "cookie" not in plain.headers.get("Vary", "").lower()


def test_an_address_that_does_not_exist_sets_no_cookie_either(client: Client) -> None:
    response = client.get("/nothing-here/")
    assert response.status_code == 404
    assert not response.cookies


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("address", VISITOR_ADDRESSES)
def test_a_visitors_page_takes_nothing_yet(address: str, method: str) -> None:
    response: HttpResponse = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert response.status_code in (403, 405)
    assert not response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/staff/", "/en/staff/", "/staff/no-such-page/"])
def test_who_did_not_log_in_sees_nothing_of_the_staff_side(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code in (302, 404)
    if response.status_code == 302:
        assert response.headers["Location"].split("?")[0].endswith("/staff/account/login/")


def resolves(face: str, path: str) -> bool:
    try:
        URLResolver(RegexPattern(r"^/"), addresses(face)).resolve(path)
    except Resolver404:
        return False
    return True


@pytest.mark.parametrize(
    ("face", "visitor", "staff"), [("both", True, True), ("visitor", True, False), ("staff", False, True)]
)
def test_each_face_can_be_served_alone(face: str, visitor: bool, staff: bool) -> None:
    assert resolves(face, "/report/") is visitor
    assert resolves(face, "/staff/") is staff
    assert resolves(face, "/figures/") is staff


@pytest.mark.parametrize(("face", "is_there"), [("both", True), ("visitor", False), ("staff", True)])
def test_the_interface_for_programs_belongs_to_the_staff_face(face: str, is_there: bool) -> None:
    assert bool(for_programs(face)) is is_there


@override_settings(FACE="visitor")
def test_a_process_for_visitors_alone_has_no_staff_side() -> None:
    assert not is_staff_side("/staff/")


@pytest.mark.parametrize(
    ("url", "answer"),
    [("/static/contact/contact.0123.css", "no-store"), ("/static/site/zicht.0123.css", "max-age=315360000")],
)
def test_a_telephone_keeps_no_file_of_the_visitors_side(url: str, answer: str) -> None:
    headers = {"Cache-Control": "max-age=315360000"}
    keep_nothing_of_visitors_pages(headers, "", url)
    assert headers["Cache-Control"] == answer

"""The visitor's pages: plain, the same for everybody, and without a way to the staff side."""

import re
from datetime import date

import pytest
from django.test import Client, override_settings

from zicht.contact import help_lines

ADDRESSES = ["/", "/report/", "/en/", "/en/report/"]
ALL_LINES = tuple(dict.fromkeys([*help_lines.FOR_HELP, *help_lines.FOR_REPORTS]))
EXIT = re.compile(r'<a class="exit" id="exit" href="(https://[^"]+)" rel="noreferrer">')


def show(address: str) -> str:
    return Client().get(address).content.decode()


def links(page: str) -> list[str]:
    return re.findall(r'<a [^>]*href="([^"]+)"', page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_names_112_and_every_place_that_helps(address: str) -> None:
    page = show(address)
    lines = help_lines.FOR_REPORTS if "report" in address else help_lines.FOR_HELP
    assert 'href="tel:112"' in page
    for line in lines:
        assert line.name in page
        assert not line.number or f'href="{line.number_address}"' in page
        assert not line.site or f'href="{line.site_address}" rel="noreferrer"' in page


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_visitors_page_leads_to_the_staff_side(address: str) -> None:
    assert not [link for link in links(show(address)) if "/staff" in link or "/figures" in link]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_visitors_page_uses_a_file_of_the_staff_side(address: str) -> None:
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', show(address))
    assert files
    assert all(file.startswith("/static/contact/") for file in files)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_title_says_nothing_about_help_and_no_name_is_on_the_page(address: str) -> None:
    page = show(address)
    assert re.search(r"<title>(Information|Informatie)</title>", page)
    assert "Zicht" not in page


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_exit_is_the_first_thing_after_the_language(address: str) -> None:
    page = show(address)
    assert EXIT.search(page)
    assert page.index('id="exit"') < page.index("<main")


@pytest.mark.parametrize("address", ADDRESSES)
def test_links_to_others_do_not_tell_where_the_visitor_came_from(address: str) -> None:
    outside = re.findall(r'<a [^>]*href="https:[^>]*>', show(address))
    assert len(outside) > 1
    assert all('rel="noreferrer"' in link for link in outside)


@pytest.mark.parametrize("address", ADDRESSES)
def test_everybody_gets_the_same_bytes_and_no_cookie(address: str) -> None:
    first = Client().get(address)
    second = Client(headers={"user-agent": "another", "cookie": "zicht=stale"}).get(address)
    assert first.content == second.content
    assert not first.cookies


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visitor_can_send_nothing(address: str) -> None:
    assert Client().post(address, {"text": "help"}).status_code == 405
    assert "<form" not in show(address)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_demo_says_that_nobody_works_behind_the_page(address: str) -> None:
    assert 'class="notice"' not in show(address)
    with override_settings(DEMO=True):
        assert 'class="notice"' in show(address)


@pytest.mark.parametrize("line", ALL_LINES, ids=lambda line: line.name)
def test_every_place_that_helps_can_be_reached_and_says_where_that_was_read(line: help_lines.HelpLine) -> None:
    assert line.number or line.site
    assert line.source
    assert re.fullmatch(r"[0-9 ]*", line.number)


def test_the_day_of_the_last_check_has_been() -> None:
    assert date.today() >= help_lines.CHECKED_ON  # noqa: DTZ011


def test_a_telephone_dials_digits_only() -> None:
    assert help_lines.COMENSHA.number_address == "tel:0334481186"

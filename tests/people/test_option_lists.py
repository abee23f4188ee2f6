"""Lists that fold open are drawn as Django draws them, only sooner."""

from html.parser import HTMLParser

import pytest
from django import forms

from zicht.people.option_lists import OptionList

CHOICES = [
    ("", "–"),
    ("a", "Eén <b>& twee</b>"),
    ('"><script>', "'quoted' \"twice\""),
    ("1", "a number"),
    ("No answer", [("x", "Unknown"), ("y", "Refused")]),
]


class _Parts(HTMLParser):
    """Everything a browser reads in a piece of HTML, without the space between."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[object] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.parts.append(data.strip())


@pytest.mark.parametrize("value", ["", None, "a", '"><script>', 1, "1", "x", "y", "not offered", "<"])
@pytest.mark.parametrize("attrs", [{}, {"id": "id_one", "aria-invalid": True, "hidden": False, "title": '<"&'}])
def test_a_list_is_what_django_would_have_drawn(value: object, attrs: dict[str, object]) -> None:
    ours = OptionList({"class": "wide"}, choices=CHOICES).render("one", value, attrs)
    theirs = forms.Select({"class": "wide"}, choices=CHOICES).render("one", value, attrs)
    assert _Parts(ours).parts == _Parts(theirs).parts


def test_choosing_in_one_list_chooses_nothing_in_the_next_one() -> None:
    chosen = OptionList(choices=CHOICES).render("one", "a")
    assert "selected" in chosen
    assert "selected" not in OptionList(choices=CHOICES).render("one", "not offered")

"""A line for a place, by its name or its code."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from zicht import words
from zicht.people.code_fields import language
from zicht.people.wording import names_of_places

KEPT = 8  # lists of names in each language, as they were drawn: places and municipalities


class PlaceInput(forms.TextInput):
    """A line that suggests the names of places while somebody types; the browser does that without a script."""

    def names(self) -> Iterable[str]:
        """Give what is suggested."""
        return names_of_places()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the line and what it suggests."""
        key = f"{(attrs or {}).get('id', name)}_names"
        names = _draw(type(self), language())
        line = super().render(name, value, {**(attrs or {}), "list": key}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', line, key, names)


class TownInput(PlaceInput):
    """The same for municipalities only."""

    def names(self) -> Iterable[str]:
        """Give the names of municipalities."""
        return sorted(town.name for town in words.municipalities().values())


@lru_cache(maxsize=KEPT)
def _draw(kind: type[PlaceInput], _language: str) -> SafeString:
    """Draw what is suggested once: hundreds of names take longer than the rest of a page."""
    return format_html_join("", '<option value="{}">', ((place,) for place in kind().names()))

"""A line for a place, by its name or its code."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from zicht import words
from zicht.people.wording import names_of_places


class PlaceInput(forms.TextInput):
    """A line that suggests the names of places while somebody types; the browser does that without a script."""

    def names(self) -> Iterable[str]:
        """Give what is suggested."""
        return names_of_places()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the line and what it suggests."""
        key = f"{(attrs or {}).get('id', name)}_names"
        names = format_html_join("", '<option value="{}">', ((place,) for place in self.names()))
        line = super().render(name, value, {**(attrs or {}), "list": key}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', line, key, names)


class TownInput(PlaceInput):
    """The same for municipalities only."""

    def names(self) -> Iterable[str]:
        """Give the names of municipalities."""
        return sorted(town.name for town in words.municipalities().values())

"""A list that folds open, drawn in one go: Django draws a template for each option, of which countries have 250."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

KEPT = 200  # lists in both languages whose options are kept as they were drawn; one of countries takes 12 kB
Options = tuple[tuple[str, Any], ...]


class OptionList(forms.Select):
    """Draw what forms.Select draws, options and groups of options, from one text for each list."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the list with the value chosen; a value that it does not offer chooses nothing."""
        own = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        drawn = _draw(_frozen(self.choices))
        for chosen in self.format_value(value):
            drawn = drawn.replace(_begin(chosen), _begin(chosen, " selected"), 1)
        # Every part was escaped when it was drawn.
        return format_html("<select{}>\n{}</select>", flatatt(own), mark_safe(drawn))  # noqa: S308


def _frozen(choices: Iterable[tuple[Any, Any]]) -> Options:
    """Give choices as something that can be kept: groups inside them too, and each text in its language."""
    return tuple(
        (str(value), _frozen(label) if isinstance(label, list | tuple) else str(label)) for value, label in choices
    )


@lru_cache(maxsize=KEPT)
def _draw(choices: Options) -> str:
    parts = []
    for value, label in choices:
        if isinstance(label, tuple):
            parts.append(f'<optgroup label="{conditional_escape(value)}">\n{_draw(label)}</optgroup>\n')
        else:
            parts.append(f"{_begin(value)}{conditional_escape(label)}</option>\n")
    return "".join(parts)


def _begin(value: str, chosen: str = "") -> str:
    return f'<option value="{conditional_escape(value)}"{chosen}>'

"""Show on a form what a save refused, so that nobody has to look for the field it is about."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError


class ShowsRefusals(forms.Form):
    """Stand behind the forms of records: a refusal is shown at the fields it is about, and the rest above the form."""

    def add_refusal(self, wrong: ValidationError) -> None:
        """Show what a save refused."""
        self._show(wrong.message_dict if hasattr(wrong, "error_dict") else {"": wrong.messages})

    def _show(self, found: Mapping[str, list[str]]) -> None:
        """Show sentences at the fields of these names, as far as the form has them."""
        for name, sentences in found.items():
            self.add_error(name if name in self.fields else None, sentences)

"""Ask for tables of counts, for a method, and for whom they are."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zicht.people.code_fields import offered
from zicht.stats.disclosure.cell_keys import SECRET_BYTES
from zicht.stats.disclosure.protect import CELLKEY, ROUND, SUPPRESS
from zicht.stats.release import PUBLIC

LARGEST_FILE = 1024 * 1024  # bytes
MOST_FILES = 5
LONGEST_TABLE = 40_000  # characters that are pasted
LARGEST_SECRET = 4 * 1024  # bytes


class FilesInput(forms.FileInput):
    """Let somebody choose several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Take several files; their value is a list."""

    widget = FilesInput(attrs={"multiple": True, "accept": ".csv,text/csv"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Give a list of files, empty where none was chosen."""
        files = data if isinstance(data, list) else [data] if data else []
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Give at most %(most)s files.") % {"most": MOST_FILES})
        for file in files:
            if file.size > LARGEST_FILE:
                raise forms.ValidationError(_("A table larger than 1 MB is protected with the command."))
        return [super(FilesField, self).clean(file, initial) for file in files]


class ProtectForm(forms.Form):
    """Ask for files or pasted rows."""

    tables = FilesField(
        label=_("Tables that are read together"),
        required=False,
        help_text=_(
            "CSV: a column for each way of splitting and one called “count”, or a crosstab. The true counts, with "
            "totals."
        ),
    )
    pasted = forms.CharField(
        label=_("Or paste one table"),
        required=False,
        max_length=LONGEST_TABLE,
        strip=False,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
    )
    earlier = FilesField(
        label=_("Published before"),
        required=False,
        help_text=_(
            "The same or overlapping tables that are out already, as they were published; “x” for what was hidden."
        ),
    )
    sensitive = forms.CharField(
        label=_("Questions of which no group may tell"),
        required=False,
        max_length=200,
        help_text=_(
            "Names of columns, with commas between them: where nearly all of a group gave one answer, it is hidden."
        ),
    )
    within = forms.FileField(
        label=_("What lies within what"),
        required=False,
        help_text=_(
            "CSV of two columns with a header: a category, and the one that it lies in. Only where a table has "
            "subtotals that do not stand right before or after their parts."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    method = forms.ChoiceField(
        label=_("How"),
        widget=forms.RadioSelect,
        initial=SUPPRESS,
        choices=[
            (SUPPRESS, _("Hide small counts, and the fewest others")),
            (ROUND, _("Round to multiples of 5, so that all sums hold")),
            (CELLKEY, _("Blur each count by at most 5, with cell keys; totals do not add up")),
        ],
    )
    key = forms.FileField(
        label=_("Secret of the cell keys"),
        required=False,
        help_text=_(
            "For blurring only: a file of 32 bytes or more that your organisation keeps, the same for all tables. It "
            "is used for this answer and not kept here."
        ),
    )
    release = forms.ChoiceField(label=_("For whom is the result"), widget=forms.RadioSelect, initial=PUBLIC)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        levels = offered("release_level", strict=True)
        self.fields["release"].choices = [  # type: ignore[attr-defined]
            choice for choice in levels if choice[0] != "internal"
        ]

    def clean_within(self) -> Any:
        """Refuse a file that is larger than a table may be."""
        file = self.cleaned_data["within"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(_("A table larger than 1 MB is protected with the command."))
        return file

    def clean(self) -> dict[str, Any]:
        """Refuse no table, and files beside a pasted one."""
        given = super().clean() or {}
        if bool(given.get("tables")) == bool((given.get("pasted") or "").strip()) and not self.errors:
            raise forms.ValidationError(_("Give tables: files, or pasted rows."))
        if given.get("method") == CELLKEY and not self.errors:
            self._check_key(given)
        return given

    def _check_key(self, given: dict[str, Any]) -> None:
        """Refuse a missing secret, and one from which everybody could work the blur out."""
        key = given.get("key")
        if key is None:
            self.add_error("key", _("Choose the file with the secret: without it everybody could work the blur out."))
        elif not SECRET_BYTES <= key.size <= LARGEST_SECRET:
            self.add_error("key", _("The secret has from 32 to 4,096 bytes."))

    def contents(self) -> list[tuple[str, bytes]]:
        """Give the name and the bytes of each table."""
        pasted = str(self.cleaned_data["pasted"])
        return [(str(one.name), one.read()) for one in self.cleaned_data["tables"]] or [("table.csv", pasted.encode())]

    def secret(self) -> bytes:
        """Give the secret of the cell keys, empty for every other method."""
        return bytes(self.cleaned_data["key"].read()) if self.cleaned_data["method"] == CELLKEY else b""

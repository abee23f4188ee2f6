"""The two forms: which file to take in, and what to give out, to whom and why."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zicht import words
from zicht.cases import rules
from zicht.cases.exchange import exporting
from zicht.cases.exchange.permissions import walls_to_exchange
from zicht.cases.exchange.standards import STANDARDS
from zicht.people.code_fields import field_label, label_of, language
from zicht.people.models import Account, Organisation
from zicht.reading import tables

MOST_SENT = 50 * tables.MEGABYTE  # through a page; the command takes more
MOST_REASON = 2_000  # characters
FIRST_YEAR = 1990
ENCODINGS = [(tables.UTF_8, _("UTF-8 (usual)")), (tables.WINDOWS_1252, _("Windows-1252 (older Excel)"))]
SEPARATORS = [("", _("Find out")), (",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab"))]
KINDS = [("xlsx", _("Workbook (.xlsx)")), ("csv", _("Text (.csv)")), ("json", _("JSON"))]


class WalledForm(forms.Form):
    """Stand behind forms of somebody who works behind one wall, and is asked which only where there are several."""

    use_required_attribute = False
    compartment = forms.ChoiceField(label=field_label("import_run", "compartment"))

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        walls = sorted(walls_to_exchange(account))
        self.fields["compartment"].choices = [(wall, label_of("compartment", wall)) for wall in walls]  # type: ignore[attr-defined]
        self.only_wall = walls[0] if len(walls) == 1 else ""
        if self.only_wall:
            del self.fields["compartment"]

    @property
    def wall(self) -> str:
        """Give the wall that was chosen, or the only one."""
        return self.only_wall or str(self.cleaned_data["compartment"])


class ImportForm(WalledForm):
    """Ask for a file."""

    field_order = ("file", "standard", "compartment", "encoding", "separator")
    file = forms.FileField(
        label=_("File"),
        help_text=_("A .csv or .xlsx of at most 50 MB and 100,000 rows. Column names stand in the first row."),
        widget=forms.ClearableFileInput({"accept": ".csv,.xlsx,.gz"}),
    )
    standard = forms.ChoiceField(label=_("Form of the file"), widget=forms.RadioSelect)
    encoding = forms.ChoiceField(label=_("Kind of text of a .csv"), choices=ENCODINGS, initial=tables.UTF_8)
    separator = forms.ChoiceField(label=_("Between the columns of a .csv"), choices=SEPARATORS, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["standard"].choices = [(one.name, one.label) for one in STANDARDS.values()]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_SENT:
            size, most = file.size // tables.MEGABYTE, MOST_SENT // tables.MEGABYTE
            raise forms.ValidationError(tables.FileTooLarge(size=size, most=most).in_language(language()))
        return file


class ExportForm(WalledForm):
    """Ask what to give out, to whom, why and on which basis."""

    field_order = (
        "recipient", "basis", "purpose", "necessity", "compartment", "first_year", "last_year", "status", "standard",
        "kind", "locked",
    )  # fmt: skip
    recipient = forms.ModelChoiceField(Organisation.objects.none(), label=_("Who gets it"))
    basis = forms.MultipleChoiceField(
        label=field_label("share", "basis"), required=False, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.ChoiceField(
        label=_("Purpose of the consent"),
        help_text=_("Only where consent is the basis: whoever did not agree to this purpose is left out."),
        required=False,
    )
    necessity = forms.CharField(
        label=field_label("share", "necessity"),
        help_text=_("In general words, without names, addresses or numbers."),
        required=False,
        max_length=MOST_REASON,
        widget=forms.Textarea({"rows": 3}),
    )
    first_year = forms.IntegerField(label=_("Registered from year"), required=False, min_value=FIRST_YEAR)
    last_year = forms.IntegerField(label=_("Registered up to and including year"), required=False, min_value=FIRST_YEAR)
    status = forms.MultipleChoiceField(
        label=field_label("person", "status"), required=False, widget=forms.CheckboxSelectMultiple
    )
    standard = forms.ChoiceField(label=_("Form of the file"), widget=forms.RadioSelect, initial="htcds")
    kind = forms.ChoiceField(label=_("Kind of file"), choices=KINDS, initial="xlsx")
    locked = forms.BooleanField(
        label=_("Lock the file with a password"),
        help_text=_("A .zip with AES-256. The password is shown once; give it another way than the file."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, account=account, **options)
        self.account = account
        self.fields["recipient"].queryset = Organisation.objects.order_by("org_name")  # type: ignore[attr-defined]
        self._offer(
            "basis", (term for term in words.choices("legal_basis", language()) if term[0] not in rules.NOT_A_BASIS)
        )
        self._offer("purpose", [("", _("Not chosen yet")), *words.choices("consent_purpose", language())])
        self._offer("status", words.choices("victim_status", language()))
        self._offer("standard", [(name, STANDARDS[name].label) for name in exporting.STANDARDS])

    def _offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a basis and a reason, unless it stays within the organisation."""
        given = super().clean() or self.cleaned_data
        recipient, basis = given.get("recipient"), set(given.get("basis") or ())
        if recipient and recipient.pk != self.account.org_id:
            if rules.is_article_9_alone(basis):
                self.add_error("basis", _("Choose on which basis: one of article 9 only stands beside another one."))
            if not (given.get("necessity") or "").strip():
                self.add_error("necessity", _("Say why the recipient needs this, and why no less would do."))
            if rules.rests_on_consent(basis) and not given.get("purpose"):
                self.add_error("purpose", _("Choose to which purpose the persons agreed."))
        first, last = given.get("first_year"), given.get("last_year")
        if first and last and first > last:
            self.add_error("last_year", _("This year comes before the first one."))
        return given

    @property
    def order(self) -> exporting.Order:
        """Give what is asked."""
        given = self.cleaned_data
        return exporting.Order(
            recipient=given["recipient"],
            compartment=self.wall,
            standard=given["standard"],
            kind=given["kind"],
            basis=tuple(given["basis"]),
            necessity=given["necessity"],
            purpose=given["purpose"],
            first_year=given["first_year"],
            last_year=given["last_year"],
            status=tuple(given["status"]),
            locked=given["locked"],
        )

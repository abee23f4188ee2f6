"""Read the forms of an organisation: those that came with Zicht, and the versions it made."""

from dataclasses import dataclass

from zicht.contact.report_forms.models import FormDefinition
from zicht.contact.report_forms.shipped import SHIPPED, Form, shipped_forms
from zicht.people.models import Account

OF_THE_PRESS = "source"


@dataclass(frozen=True)
class Version:
    """One version of a form as a list shows it; the first came with Zicht and stands in no table."""

    form: Form
    state: str
    own: FormDefinition | None = None


def audiences_of(reader: Account) -> tuple[str, ...]:
    """Give who fills in forms of the reader's organisation: a news desk has sources, others everybody else."""
    is_press = reader.org.legal_regime == "press"
    return tuple(one for one in SHIPPED if (one == OF_THE_PRESS) == is_press)


def versions_of(reader: Account, audience: str) -> list[Version]:
    """Give every version of a form, the newest first."""
    shipped = shipped_forms()[audience]
    own = list(FormDefinition.objects.filter(owner_org_id=reader.org_id, form_id=shipped.form_id).order_by("-version"))
    is_replaced = any(one.state == "in_use" for one in own)
    found = [Version(one.to_form(), one.state, one) for one in own]
    return [*found, Version(shipped, "retired" if is_replaced else "in_use")]


def find_version(reader: Account, audience: str, version: int) -> Version | None:
    """Find one version of a form of the reader's organisation."""
    if audience not in audiences_of(reader):
        return None
    return next((one for one in versions_of(reader, audience) if one.form.version == version), None)


def in_use(reader: Account) -> list[Form]:
    """Give the version of each form that a page is built with."""
    every = [versions_of(reader, audience) for audience in audiences_of(reader)]
    return [next(one.form for one in versions if one.state == "in_use") for versions in every]

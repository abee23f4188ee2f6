"""Write statements as FollowTheMoney entities (JSON lines) and as CSV, and say what is lost on the way.

FollowTheMoney (https://followthemoney.tech) has no place for the words a statement stands on, who says it, from whom
they had it, or how sure a date is: an uncertain date becomes the part of it that is certain. What is lost is written
in a `description` of each relation and in the first line of a CSV file.
"""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from zicht import words
from zicht.evidence.actors.naming import names_by_actor
from zicht.evidence.actors.shown import redactor_for, shown_name
from zicht.evidence.models import Actor, Source
from zicht.evidence.sources.queries import statements_seen, titles_outside
from zicht.evidence.statements.wording import Row, rows_of
from zicht.people.code_fields import label_of
from zicht.people.models import Account

# Schema of a relation -> its two ends (FollowTheMoney 4).
ENDS = {
    "Ownership": ("owner", "asset"),
    "Directorship": ("director", "organization"),
    "Membership": ("member", "organization"),
    "Employment": ("employee", "employer"),
    "Payment": ("payer", "beneficiary"),
    "Family": ("person", "relative"),
    "UnknownLink": ("subject", "object"),
}
CERTAIN_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "subject",
    "predicate",
    "object",
    "number",
    "when_edtf",
    "quote",
    "said_by",
    "source",
    "polarity",
    "modality",
)


def rows_for_export(account: Account) -> tuple[list[Row], list[Source]]:
    """Give the statements that stand and that an account may see, and their sources."""
    found = statements_seen(account).select_related("source", "subject", "object").order_by("recorded_at")
    statements = list(found.prefetch_related("anchors__next_ones", "chain__claimant"))
    sources = {one.source_id: one.source for one in statements}
    return rows_of(account, statements, sources), list(sources.values())


def as_ftm(account: Account, rows: Sequence[Row]) -> bytes:
    """Write actors and relations, one JSON object a line; relations without a schema become an UnknownLink.

    The form cannot say that somebody denies a relation, so such a statement would tell the opposite.
    """
    redact = redactor_for(account).redact
    actors = {one.pk: one for row in rows for one in (row.record.subject, row.record.object) if one}
    names = names_by_actor(account, actors, {row.record.source_id for row in rows})
    given = {key: [shown_name(one, names.get(key, [])), *_others(one, names)] for key, one in actors.items()}
    entities = [_actor(one, list(dict.fromkeys(map(redact, given[key])))) for key, one in actors.items()]
    entities += [_relation(row, redact) for row in rows if row.record.object_id and row.record.polarity != "denied"]
    return "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in entities).encode()


def _others(actor: Actor, names: Mapping[UUID, list[str]]) -> list[str]:
    return [] if actor.protected else names.get(actor.pk, [])


def _actor(actor: Actor, names: list[str]) -> dict[str, Any]:
    properties = {"name": names[:1], **({"alias": names[1:]} if names[1:] else {})}
    if actor.register_id and not actor.protected:
        properties["imoNumber" if actor.kind == "vessel" else "registrationNumber"] = [actor.register_id]
    if actor.country and not actor.protected:
        properties["country"] = [words.countries()[actor.country].alpha_2.lower()]
    return {"id": str(actor.pk), "schema": _schema("actor_kind", actor.kind) or "LegalEntity", "properties": properties}


def _relation(row: Row, redact: Any) -> dict[str, Any]:
    schema = _schema("link_kind", row.record.predicate)
    schema = schema if schema in ENDS else "UnknownLink"
    begin, end = ENDS[schema]
    told = {
        "quote": redact(row.quote),
        "date": row.record.when_edtf or "–",
        "how": label_of("modality", row.record.modality),
    }
    lost = _("Left out: %(quote)s; date %(date)s; told: %(how)s") % told
    properties = {begin: [str(row.record.subject_id)], end: [str(row.record.object_id)], "role": [redact(row.does)]}
    properties["description"] = [lost]
    if dates := CERTAIN_DATE.fullmatch(row.record.when_edtf or ""):
        properties["date"] = [dates.group()]
    return {"id": str(row.record.pk), "schema": schema, "properties": properties}


def _schema(list_name: str, code: str) -> str:
    term = words.vocabulary().lists[list_name].codes.get(code)
    return term.text("std").removeprefix("FTM:") if term else ""


def as_csv(account: Account, rows: Sequence[Row]) -> bytes:
    """Write one line a statement; a cell that a spreadsheet would take for a formula gets an apostrophe."""
    redact = redactor_for(account).redact
    titles = titles_outside(row.record.source for row in rows)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        record = row.record
        said = " < ".join(reversed(row.chain))
        cells = (row.subject, row.does, row.object, row.number, record.when_edtf, row.quote, said)
        more = (titles[record.source_id], record.polarity, record.modality)
        writer.writerow([_plain(redact(cell)) for cell in (*cells, *more)])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def losses() -> list[str]:
    """Say what each form leaves out, for the page from which somebody exports."""
    return [
        _("FollowTheMoney: no quotation, no place in the text, no chain of who says it, no assessment."),
        _("FollowTheMoney: an uncertain date is left out as a date and stands in the description only."),
        _("FollowTheMoney: whether it is told as a fact or as an allegation stands in the description only."),
        _("FollowTheMoney: a link without a schema there is an UnknownLink; its role says which it was."),
        _("FollowTheMoney: numbers, denials and statements without a second actor are left out."),
        _("CSV: no place in the text, no assessment, no claims."),
    ]

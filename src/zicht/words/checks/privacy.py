"""Rules of privacy: what is not stored, not published, not kept by one number of years for all."""

import re
from collections.abc import Callable, Iterator

from zicht.words.errors import Mistake
from zicht.words.types import Entity, Field
from zicht.words.vocabulary import Vocabulary

FILE = "entities.yaml"
FORBIDDEN_NAME = re.compile(
    r"(^|_)(first_?name|last_?name|full_?name|surname|name|birth\w*|dob|bsn|passport|address|street|postal\w*|zip|phone|"
    r"mobile|telephone|e?mail|ip|ip_?addr\w*|user_?agent|device|fingerprint|lat|lon|latitude|longitude|coordinates?|geo\w*|"
    r"transcript)(_|$)"
)
ALLOWED_NAMES = {("organisation", "org_name")}
# Neutral words that go into tables only; a code of indicators.csv.
PUBLISHED_TEXTS = {("statement", "text"), ("signal", "indicator")}
ABOUT_PERSONS = frozenset({"contact", "person", "case", "share", "breach"})
LEADS_TO_A_PERSON = frozenset({"person", "case", "contact", "consent", "referral"})


def check_privacy(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check what may be stored, published and kept."""
    for entity in vocabulary.entities.values():
        if _is_about_persons(entity) and _has_fixed_term(entity.retention):
            what = "one fixed number of years for records about persons: say 'by legal regime' with a default"
            yield Mistake(FILE, f"entities.{entity.name}", what)
        for field in entity.fields.values():
            place = f"entities.{entity.name}.{field.name}"
            yield from (Mistake(FILE, place, what) for what in _describe_mistakes(entity, field))


def _is_about_persons(entity: Entity) -> bool:
    return entity.name in ABOUT_PERSONS or any(
        field.sensitivity in ("P2", "P3") and field.ref in LEADS_TO_A_PERSON for field in entity.fields.values()
    )


def _has_fixed_term(retention: str) -> bool:
    has_years = re.search(r"\d+ years?", retention) is not None
    return has_years and "legal regime" not in retention and not retention.startswith("as ")


def _describe_mistakes(entity: Entity, field: Field) -> Iterator[str]:
    where = (entity.name, field.name)
    if FORBIDDEN_NAME.search(field.name) and where not in ALLOWED_NAMES:
        yield "this kind of field is not stored"
    if field.sensitivity == "P3" and field.publication != "never":
        yield "P3 is never published"
    is_about_a_person = field.type == "text" and field.sensitivity in ("P2", "P3")
    is_coded = field.name.endswith(("_code", "table")) or where in PUBLISHED_TEXTS
    if is_about_a_person and not is_coded and field.publication not in ("never", "band"):
        yield "free text about a person is never published"


# Rules that were agreed once and must not get lost in a later edit: entity, field, test, what must hold.
KEPT_RULES: tuple[tuple[str, str, Callable[[Field], bool], str], ...] = (
    (
        "contact",
        "summary",
        lambda f: f.sensitivity == "P3" and "sealed to the desk" in f.note,
        "P3 and sealed",
    ),
    ("contact", "received_at", lambda f: f.precision == "hour", "of precision hour"),
    ("contact", "ended_at", lambda f: f.precision == "day", "of precision day"),
    (
        "consent",
        "given_by",
        lambda f: f.list_name == "consent_giver" and f.required and f.strict,
        "required, strict and from list consent_giver",
    ),
    ("consent", "why_able", lambda f: f.type == "text" and f.sensitivity == "P3", "a text, P3"),
    ("organisation", "legal_regime", lambda f: f.required and f.strict, "required and strict"),
    ("safe_contact", "code_phrase", lambda f: f.sensitivity == "P3", "P3"),
    ("account", "login", lambda f: f.publication == "never", "never published"),
    ("access_line", "purpose", lambda f: f.required and f.strict, "required and strict"),
    ("access_line", "previous_hash", lambda f: f.type == "hash" and f.required, "a required hash"),
)


def check_kept_rules(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check the rules that must survive every edit of the vocabulary."""
    for entity, name, holds, what in KEPT_RULES:
        field = _find_field(vocabulary, entity, name)
        if field is None or not holds(field):
            yield Mistake(FILE, f"entities.{entity}.{name}", f"must be there, and be {what}")
    if _find_field(vocabulary, "contact", "transcript"):
        yield Mistake(FILE, "entities.contact.transcript", "must not exist: no text of a conversation is stored")
    consent = vocabulary.entities.get("consent")
    if not consent or not any("suspected perpetrator" in constraint for constraint in consent.constraints):
        yield Mistake(FILE, "entities.consent", "the constraint on suspected perpetrators is missing")


def _find_field(vocabulary: Vocabulary, entity: str, name: str) -> Field | None:
    return vocabulary.entities[entity].fields.get(name) if entity in vocabulary.entities else None

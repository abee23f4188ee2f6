"""Rules for entities, fields and privacy: each can fail."""

from functools import partial

import pytest
from tests.words.spoiling import Data, Spoil, case, entity, field, new_field, told

FIELDS = [
    case(
        "an unknown type",
        lambda data: field(data, "person", "in_school").update(type="boolean"),
        "entities.yaml: entities.person.in_school: type boolean is not known",
    ),
    case(
        "an unknown sensitivity",
        lambda data: field(data, "person", "in_school").update(sens="P4"),
        "entities.yaml: entities.person.in_school: sens P4 is not known",
    ),
    case(
        "an unknown way to publish",
        lambda data: field(data, "person", "in_school").update(pub="maybe"),
        "entities.yaml: entities.person.in_school: pub maybe is not known",
    ),
    case(
        "an unknown list",
        lambda data: field(data, "person", "language").update(list="iso15924"),
        "entities.yaml: entities.person.language: list iso15924 does not exist",
    ),
    case(
        "own values that are not there",
        lambda data: field(data, "exploitation", "perpetrator_count").pop("values"),
        "entities.yaml: entities.exploitation.perpetrator_count: list none comes with values, and only list none does",
    ),
    case(
        "a list on a date",
        lambda data: field(data, "person", "status_date").update(list="gender"),
        "entities.yaml: entities.person.status_date: a list belongs to a field of type code or multi",
    ),
    case(
        "a reference to nothing",
        lambda data: field(data, "stay", "shelter_id").update(ref="hotel"),
        "entities.yaml: entities.stay.shelter_id: ref hotel is not an entity",
    ),
    case(
        "a reference on a text",
        lambda data: field(data, "source", "title").update(ref="person"),
        "entities.yaml: entities.source.title: a ref names an entity, and only a ref does",
    ),
    case(
        "a precision that is none",
        lambda data: field(data, "hold", "held_at").update(precision="minute"),
        "entities.yaml: entities.hold.held_at: precision must be hour or day, on a date or datetime",
    ),
    case(
        "an entity that later rooms need",
        lambda data: data["entities.yaml"]["entities"].pop("log_pruning"),
        "entities.yaml: entities.log_pruning: is missing",
    ),
]


def add_field(name: str, data: Data) -> None:
    entity(data, "account")["fields"].append(new_field(name=name))


PRIVACY = [
    *(
        case(
            f"a field {name}",
            partial(add_field, name),
            f"entities.yaml: entities.account.{name}: this kind of field is not stored",
        )
        for name in ("birth_date", "email", "home_address", "ip", "phone", "bsn", "user_agent", "last_name", "lat")
    ),
    case(
        "P3 published",
        lambda data: field(data, "signal", "note").update(pub="band"),
        "entities.yaml: entities.signal.note: P3 is never published",
    ),
    case(
        "free text about a person published",
        lambda data: entity(data, "person")["fields"].append(new_field(sens="P2", pub="agg")),
        "entities.yaml: entities.person.colour: free text about a person is never published",
    ),
    case(
        "one number of years for all",
        lambda data: entity(data, "case").update(retention="10 years"),
        "entities.yaml: entities.case: one fixed number of years for records about persons: say 'by legal regime' "
        "with a default",
    ),
    case(
        "the text of a conversation",
        lambda data: entity(data, "contact")["fields"].append(new_field(name="transcript")),
        "entities.yaml: entities.contact.transcript: must not exist: no text of a conversation is stored",
    ),
    case(
        "a summary that is not sealed",
        lambda data: field(data, "contact", "summary").update(note="short"),
        "entities.yaml: entities.contact.summary: must be there, and be P3 and sealed",
    ),
    case(
        "the minute of a contact",
        lambda data: field(data, "contact", "received_at").pop("precision"),
        "entities.yaml: entities.contact.received_at: must be there, and be of precision hour",
    ),
    case(
        "access without purpose",
        lambda data: field(data, "access_line", "purpose").pop("req"),
        "entities.yaml: entities.access_line.purpose: must be there, and be required and strict",
    ),
    case(
        "a log line outside the chain",
        lambda data: entity(data, "access_line")["fields"].remove(field(data, "access_line", "previous_hash")),
        "entities.yaml: entities.access_line.previous_hash: must be there, and be a required hash",
    ),
    case(
        "a login that is published",
        lambda data: field(data, "account", "login").update(pub="open"),
        "entities.yaml: entities.account.login: must be there, and be never published",
    ),
    case(
        "consent by a suspected perpetrator",
        lambda data: entity(data, "consent").pop("constraints"),
        "entities.yaml: entities.consent: the constraint on suspected perpetrators is missing",
    ),
]


@pytest.mark.parametrize(("spoil", "expected"), [*FIELDS, *PRIVACY])
def test_what_is_spoiled_is_told(data: Data, spoil: Spoil, expected: str) -> None:
    spoil(data)
    assert expected in told(data)

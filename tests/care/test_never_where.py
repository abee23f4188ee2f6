"""Whoever refers learns that there is room and never where: every page, file and answer they can get is read for it."""

import re
from collections.abc import Iterator

from tests.care.cast import BY_CONSENT, PLACES, Cast
from tests.cases.api.program import Program
from tests.people.conftest import SignIn

from zicht.care.models import CareEvent, Hold, Referral, Stay
from zicht.care.referrals import actions as referrals
from zicht.care.shelter import actions, queries
from zicht.cases.exchange.exporting import Order, export
from zicht.cases.models import WebhookNotice
from zicht.cases.rights.consent.actions import withdraw_consent
from zicht.cases.rights.requests.copying import copy_for_person
from zicht.cases.webhooks.actions import add_webhook
from zicht.cases.webhooks.queueing import KINDS
from zicht.people.short_codes import short_code

REGION = "Zeeland"  # of the shelter; no other page names it but the list of provinces to choose from
LINK = re.compile(r'(?:href|action)="(/staff/[^"?#]*)')
MOST = 18  # pages


def placed(cast: Cast) -> tuple[Referral, list[str]]:
    """Let somebody stay after a hold and a wait, and give what would tell where."""
    house = actions.open_shelter(cast.keeper, {**PLACES, "region": REGION, "capacity": 3})
    case, person = cast.somebody()
    cast.says(person, case=case)
    referral = referrals.accept(cast.host, cast.send(case, person, BY_CONSENT))
    actions.put_on_list(cast.host, referral, {"place_kind": "crisis_minor", "urgency": "u1_now"}, ["Groningen"])
    actions.hold_place(cast.host, referral, house, 4)
    stay = actions.begin_stay(cast.host, referral)
    keys = [house.pk, stay.pk, *Hold.objects.values_list("pk", flat=True)]
    return referral, [*map(str, keys), *map(short_code, keys), f"{REGION}<", f"{REGION} ", "Groningen"]


def read_everything(browser: object, referral: Referral) -> Iterator[tuple[str, str]]:
    """Follow every link about a case and its persons, and give each address with what stands there."""
    todo, seen = [f"/staff/care/cases/{referral.case_id}/", "/staff/care/"], set[str]()
    while todo and len(seen) < MOST:
        address = todo.pop(0)
        is_about = any(str(key) in address for key in (referral.case_id, referral.person_id, referral.pk))
        if address in seen or not (is_about or address.startswith("/staff/care/")):
            continue
        seen.add(address)
        answer = browser.get(address)  # type: ignore[attr-defined]
        if answer.status_code != 200 or answer.streaming:
            continue
        page = answer.content.decode(errors="replace")
        yield address, re.sub(r"<option.*?</option>", "", page, flags=re.DOTALL)
        todo += LINK.findall(page)


def test_nothing_that_who_referred_can_open_tells_where(cast: Cast, sign_in: SignIn) -> None:
    referral, secrets = placed(cast)
    pages = dict(read_everything(sign_in(cast.case_worker), referral))
    assert len(pages) > 10
    for address, page in pages.items():
        assert not [secret for secret in secrets if secret in page], address
    assert "Persoon aangekomen" in pages[f"/staff/care/cases/{referral.case_id}/"]


def test_neither_do_the_interface_for_programs_the_copy_for_the_person_files_and_messages(cast: Cast) -> None:
    asked = {"label": "counts", "endpoint": "https://counts.example/", "compartment": "help", "entities": KINDS}
    add_webhook(cast.administrator, **asked)  # type: ignore[arg-type]
    referral, secrets = placed(cast)
    program, case = Program(cast.case_worker), f"/api/v1/cases/{referral.case_id}"
    told = [program.get(path).content.decode() for path in (case, f"{case}/persons", "/api/v1/cases")]
    told.append(str(copy_for_person(cast.case_worker, [referral.person]).as_json()))
    messages = [str(line) for line in WebhookNotice.objects.values_list()]
    files = [
        export(cast.case_worker, Order(to, "help", standard, "json", ("a6_public", "a9_substantial"), "A count."))[0]
        for to in (cast.case_worker.org, cast.theirs)
        for standard in ("plain", "htcds")
    ]
    assert messages
    assert all(len(file.content) > 2 for file in files)
    told += [*messages, *(file.content.decode() for file in files)]
    for text in told:
        assert not [secret for secret in secrets if secret in text]
    assert CareEvent.objects.filter(shelter__isnull=False, referral=referral).exists()


def test_a_program_of_the_receiver_gets_nothing_before_and_after_consent_is_withdrawn(cast: Cast) -> None:
    referral = referrals.accept(cast.host, cast.refer(BY_CONSENT))
    program, own = Program(cast.stranger_case_worker), Program(cast.case_worker)
    addresses = [f"/api/v1/cases/{referral.case_id}", f"/api/v1/cases/{referral.case_id}/persons/{referral.person_id}"]

    def asked(by: Program) -> list[int]:
        return [by.get(address).status_code for address in addresses]

    assert (asked(program), asked(own)) == ([404, 404], [200, 200])
    consent = referral.person.consents.get()
    withdraw_consent(
        cast.case_worker, referral.case, consent, given_by="self", withdrawn_on=consent.asked_on, version=1
    )
    assert (asked(program), asked(own)) == ([404, 404], [200, 200])
    assert str(referral.person_id) not in program.get("/api/v1/cases").content.decode()


def test_room_is_told_by_day_and_kind_and_never_by_shelter(cast: Cast) -> None:
    placed(cast)
    room = queries.room_for(cast.theirs, "crisis_minor", "16_17", "f")
    assert set(type(room).__slots__) == {"from_day"}
    assert room.is_now
    assert Stay.objects.count() == 1

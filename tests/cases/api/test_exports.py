"""A program exports what the page exports: for a recipient, with a reason, noted for every person."""

import csv
import io
from typing import Any
from uuid import uuid4

import pytest
import pyzipper
from tests.cases.api.program import Program, wrong_fields
from tests.cases.cast import Cast

from zicht.cases.models import Share
from zicht.people.models import AccessLine

EXPORTS = "/api/v1/exports"


def order(cast: Cast, **other: object) -> dict[str, Any]:
    told = {"standard": "plain", "kind": "json", "basis": ["a6_public"], "necessity": "Counted once a year."}
    return {"recipient": str(cast.stranger.org_id), **told, **other}


def test_a_file_holds_what_may_leave_and_a_line_is_kept_for_every_person(cast: Cast) -> None:
    assert cast.episode.person == cast.person
    answer = Program(cast.case_worker).post(EXPORTS, order(cast))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="zicht-plain.json"'
    (row,) = answer.json()["rows"]
    assert row["person.gender"] == "f"
    assert str(cast.person.pk) not in answer.content.decode()
    share = Share.objects.get()
    assert (share.record_ref, share.to_org, share.basis) == (cast.person.pk, cast.stranger.org, ["a6_public"])
    assert AccessLine.objects.filter(verb="exported", account=cast.case_worker).count() == 1


def test_looking_first_lets_nothing_leave_and_notes_nothing(cast: Cast) -> None:
    cast.person  # noqa: B018 - comes into being
    told = Program(cast.case_worker).post(f"{EXPORTS}/look", order(cast)).json()
    assert (told["persons"], told["rows"]) == (1, 1)
    assert not Share.objects.exists()


def test_a_file_with_commas_is_that(cast: Cast) -> None:
    cast.person  # noqa: B018 - comes into being
    answer = Program(cast.case_worker).post(EXPORTS, order(cast, kind="csv", standard="htcds"))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert len(list(csv.DictReader(io.StringIO(answer.content.decode())))) == 1


def test_a_locked_file_opens_with_the_password_of_its_answer_and_that_is_kept_nowhere(cast: Cast) -> None:
    cast.person  # noqa: B018 - comes into being
    program = Program(cast.case_worker)
    answer, other = (program.post(EXPORTS, order(cast, kind="csv", locked=True)) for _ in range(2))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="zicht-plain.csv.zip"'
    password = answer.headers["Zicht-Password"]
    assert password != other.headers["Zicht-Password"]
    with pyzipper.AESZipFile(io.BytesIO(answer.content)) as archive:
        with pytest.raises(RuntimeError):
            archive.read("zicht-plain.csv", pwd=other.headers["Zicht-Password"].encode())
        assert b"person.gender" in archive.read("zicht-plain.csv", pwd=password.encode())
    assert password not in str([*Share.objects.values_list(), *AccessLine.objects.values_list()])


def test_a_file_that_is_not_locked_has_no_password(cast: Cast) -> None:
    cast.person  # noqa: B018 - comes into being
    assert "Zicht-Password" not in Program(cast.case_worker).post(EXPORTS, order(cast)).headers


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"basis": []}, "basis"),
        ({"basis": ["anonymous"]}, "basis"),
        ({"basis": ["a6_consent"]}, "purpose"),
        ({"necessity": "  "}, "necessity"),
        ({"recipient": "nobody"}, "recipient"),
        ({"recipient": str(uuid4())}, "recipient"),
        ({"standard": "other"}, "standard"),
        ({"kind": "pdf"}, "kind"),
        ({"to_year": "2026"}, "to_year"),
        ({"everything": True}, "everything"),
    ],
)
def test_an_order_without_a_reason_or_with_something_wrong_is_refused(
    cast: Cast, wrong: dict[str, object], field: str
) -> None:
    cast.person  # noqa: B018 - comes into being
    for address in (EXPORTS, f"{EXPORTS}/look"):
        answer = Program(cast.case_worker).post(address, order(cast, **wrong))
        assert answer.status_code == 422
        assert field in wrong_fields(answer)
    assert not Share.objects.exists()


def test_an_order_to_somebody_else_says_why(cast: Cast) -> None:
    plain = {"recipient": str(cast.stranger.org_id), "standard": "plain"}
    answer = Program(cast.case_worker).post(EXPORTS, plain)
    assert set(wrong_fields(answer)) == {"basis", "necessity"}


@pytest.mark.parametrize("who", ["counsellor", "shelter_worker", "analyst", "administrator", "reporter"])
def test_whoever_does_not_work_on_every_case_exports_nothing(cast: Cast, who: str) -> None:
    cast.person  # noqa: B018 - comes into being
    program = Program(getattr(cast, who))
    for address in (EXPORTS, f"{EXPORTS}/look"):
        assert program.post(address, order(cast)).status_code == 404
    assert not Share.objects.exists()


def test_somebody_of_elsewhere_exports_no_record_of_here(cast: Cast) -> None:
    cast.person  # noqa: B018 - comes into being
    answer = Program(cast.stranger_case_worker).post(EXPORTS, order(cast, recipient=str(cast.administrator.org_id)))
    assert answer.status_code == 422
    assert Program(cast.officer).post(EXPORTS, order(cast, compartment="help")).status_code == 404


@pytest.mark.parametrize("part", ["", "/look"])
def test_without_a_key_or_its_scope_nothing_is_exported(cast: Cast, part: str) -> None:
    cast.person  # noqa: B018 - comes into being
    assert Program(None).post(f"{EXPORTS}{part}", order(cast)).status_code == 401
    only_reading = Program(cast.case_worker, "read_cases", "write_cases")
    assert only_reading.post(f"{EXPORTS}{part}", order(cast)).status_code == 403
    assert not Share.objects.exists()

"""What was done with a report is added to and never changed, and goes with the report only."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.signals.intake.cast import Cast, report, steps

from zicht.signals.intake import actions
from zicht.signals.models import Intake, IntakeStep
from zicht.signals.rules import ERASED

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE signals_intakestep SET deed = 'closed'",
        "DELETE FROM signals_intakestep",
        "INSERT INTO signals_intakestep SELECT * FROM signals_intakestep",
        # A new key and the number of a line that is there: SQLite would remove that line, and ask no other guard.
        "INSERT OR REPLACE INTO signals_intakestep (rowid, step_id, intake_id, made_at, made_by_id, deed, detail_code) "
        "SELECT rowid, 'a' || substr(step_id, 2), intake_id, made_at, made_by_id, 'closed', '' FROM signals_intakestep",
    ],
)
def test_no_statement_changes_or_removes_a_step(cast: Cast, statement: str) -> None:
    if "OR REPLACE" in statement and connection.vendor != "sqlite":
        pytest.skip("only SQLite knows this statement")
    intake = actions.take_on(cast.weigher, cast.intake, version=1)
    refused = pytest.raises(DatabaseError, match=r"append-only|goes only with")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert steps(intake) == ["taken_in", "taken_on"]


def test_steps_go_with_the_report_they_are_about_and_with_no_other(cast: Cast) -> None:
    erased, other = cast.intake, report(cast.weigher)
    Intake.objects.filter(pk=erased.pk).update(shelf=ERASED)
    Intake.objects.filter(pk=erased.pk).delete()
    assert set(IntakeStep.objects.values_list("intake", flat=True)) == {other.pk}


def test_a_report_that_lost_its_steps_does_not_come_back(cast: Cast) -> None:
    Intake.objects.filter(pk=cast.intake.pk).update(shelf=ERASED)
    with pytest.raises(DatabaseError, match="does not come back"), transaction.atomic():
        Intake.objects.update(shelf="open")
    assert Intake.objects.get().shelf == ERASED

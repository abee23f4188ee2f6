"""What happened, sums and published versions stay as they are on both databases, and readable after a change."""

import html

import pytest
from django.db import DatabaseError, connection, transaction
from tests.barriers.cast import TODAY, Cast
from tests.people.conftest import SignIn

from zicht.barriers import guards
from zicht.barriers.doing import actions as doing
from zicht.barriers.holding import actions as holding
from zicht.barriers.models import BarrierEvent, BarrierModel, Sum
from zicht.barriers.processes.actions import begin_draft, publish, remove_step, save_barrier
from zicht.words import Label

ROOT = "/en/staff/barriers"
COLUMN = {guards.MODELS: "why", guards.EVENTS: "deed", guards.SUMS: "period"}
SAID = {guards.MODELS: guards.AS_PUBLISHED, guards.EVENTS: guards.STAYS, guards.SUMS: guards.MADE_ONCE}


def statements(table: str) -> list[str]:
    """Give every statement that changes or removes lines of a table."""
    found = [f"UPDATE {table} SET {COLUMN[table]} = '{COLUMN[table]}'", f"DELETE FROM {table}"]
    if connection.vendor == "postgresql":
        return [*found, f"TRUNCATE {table} CASCADE"]
    names = [column.name for column in connection.introspection.get_table_description(connection.cursor(), table)]
    other = ", ".join("'other'" if name == COLUMN[table] else f'"{name}"' for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    return [*found, f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {other} FROM {table}"]


@pytest.mark.parametrize("table", guards.GUARDED)
def test_nobody_with_a_hand_on_the_database_changes_or_removes_a_line(cast: Cast, table: str) -> None:
    assert cast.model.state == "published"
    holding.make_sums(cast.keeper, f"{TODAY.year - 1}-1")
    kept = {model: list(model.objects.order_by("pk").values()) for model in (BarrierModel, BarrierEvent, Sum)}
    assert all(kept.values())
    connection.check_constraints()  # PostgreSQL empties no table that has checks to come
    for statement in statements(table):
        with (
            pytest.raises(DatabaseError, match=SAID[table]),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert {model: list(model.objects.order_by("pk").values()) for model in kept} == kept


def test_of_a_published_version_only_its_state_goes_on_and_never_back(cast: Cast) -> None:
    old = cast.model
    draft = begin_draft(cast.keeper, "SEXMIN")
    publish(cast.keeper, draft.pk, "Again.", draft.version)
    assert BarrierModel.objects.get(pk=old.pk).state == "replaced"
    # The constraint of one version in use would refuse the first of these as well: the trigger comes before it.
    for state in ("published", "draft"):
        with (
            pytest.raises(DatabaseError, match=guards.AS_PUBLISHED),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                f"UPDATE {guards.MODELS} SET state = %s WHERE number = 1 AND process = 'SEXMIN'",
                [state],
            )


def test_an_action_and_a_decision_are_read_in_the_words_of_the_version_they_were_made_under(
    cast: Cast, sign_in: SignIn
) -> None:
    cast.make_episode()
    action = cast.running(TODAY, barrier="S2a")
    told = {"effect": "partly", "evaluation": "Three of four were taken down."}
    doing.evaluate(cast.keeper, action.pk, told, version=action.version)
    decided = {"standing": "stood", "state": "confirmed", "barrier_code": "S2a", "action": action.pk}
    holding.decide(cast.case_worker, cast.case, cast.model, "S2", decided)
    old = cast.model.steps.steps["S2"]
    draft = begin_draft(cast.keeper, "SEXMIN")
    draft = remove_step(cast.keeper, draft.pk, "S2", draft.version)
    changed = draft.steps.steps["S4"].barriers["S4a"]
    other = type(changed)("S4a", Label("Something else", "Iets anders"), "detect", changed.partners, changed.measure)
    draft = save_barrier(cast.keeper, draft.pk, "S4", other, draft.version)
    publish(cast.keeper, draft.pk, "S2 went.", draft.version)
    browser = sign_in(cast.case_worker)
    for address in (f"actions/{action.pk}/", f"cases/{cast.case.pk}/", "processes/SEXMIN/versions/1/"):
        page = html.unescape(browser.get(f"{ROOT}/{address}").content.decode())
        assert old.label.en in page, address
        assert old.barriers["S2a"].label.en in page, address
    page = html.unescape(browser.get(f"{ROOT}/actions/{action.pk}/").content.decode())
    assert "Three of four were taken down." in page
    assert "version 1 of the model" in page
    now = html.unescape(browser.get(f"{ROOT}/processes/SEXMIN/").content.decode())
    assert "Something else" in now
    assert old.barriers["S2a"].label.en not in now
    matrix = html.unescape(browser.get(f"{ROOT}/processes/SEXMIN/versions/1/matrix/").content.decode())
    assert "S2a" in matrix

"""Walls, purposes and permissions, without a database."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht import words
from zicht.people import rules

ROLES = sorted(words.vocabulary().lists["staff_role"].codes)
REGIMES = sorted(words.vocabulary().lists["legal_regime"].codes)
STATES = sorted(words.vocabulary().lists["account_status"].codes)
HERE, THERE = uuid4(), uuid4()

# Written out by hand: what a role may look behind under each regime; `-`: the role cannot be given.
WALLS = """
role              avg            wpg            press   youth_care     care           research
counsellor        help           -              -       help           help           -
desk_lead         help           -              -       help           help           -
signal_officer    -              enforce        -       -              -              -
case_worker       help           -              -       help           help           -
care_coordinator  help           -              -       help           help           -
shelter_worker    help           -              -       help           help           -
researcher        evidence       -              -       -              -              evidence
reporter          -              -              press   -              -              -
analyst           public,stats   public,stats   public  public,stats   public,stats   public,stats
rapporteur        public,stats   public,stats   public  public,stats   public,stats   public,stats
policy_officer    public         public         public  public         public         public
administrator     public         public         public  public         public         public
privacy_officer   public         public         public  public         public         public
"""


def walls() -> list[tuple[str, str, frozenset[str]]]:
    head, *rows = [line.split() for line in WALLS.strip().splitlines()]
    return [
        (row[0], regime, frozenset() if cell == "-" else frozenset(cell.split(",")))
        for row in rows
        for regime, cell in zip(head[1:], row[1:], strict=True)
    ]


@dataclass(frozen=True)
class SomeOrganisation:
    legal_regime: str = "avg"
    org_id: UUID = HERE


@dataclass(frozen=True)
class SomeAccount:
    roles: frozenset[str] = frozenset()
    status: str = "active"
    org: SomeOrganisation = SomeOrganisation()
    org_id: UUID = HERE
    account_id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class SomeLine:
    account_id: UUID | None
    org_id: UUID | None


def with_roles(*roles: str, status: str = "active") -> SomeAccount:
    return SomeAccount(frozenset(roles), status)


def test_the_table_of_walls_has_every_role_and_every_regime() -> None:
    assert {(role, regime) for role, regime, _ in walls()} == {(role, regime) for role in ROLES for regime in REGIMES}


@pytest.mark.parametrize(("role", "regime", "compartments"), walls())
def test_a_role_looks_behind_the_walls_that_its_organisation_has(
    role: str, regime: str, compartments: frozenset[str]
) -> None:
    account = SomeAccount(frozenset({role}), org=SomeOrganisation(regime))
    assert rules.compartments_of(account) == compartments
    assert rules.is_role_within(role, regime) is bool(compartments)
    assert (role in rules.roles_within(regime)) is bool(compartments)


@given(st.frozensets(st.sampled_from(ROLES)), st.sampled_from(REGIMES), st.sampled_from(STATES))
def test_no_set_of_roles_looks_further_than_each_of_them_and_the_regime(
    roles: frozenset[str], regime: str, status: str
) -> None:
    seen = rules.compartments_of(SomeAccount(roles, status, SomeOrganisation(regime)))
    each = {wall for role in roles for wall in rules.compartments_of_role(role, regime)}
    assert seen == (each if status == "active" else set())


@given(st.frozensets(st.sampled_from(ROLES)), st.sampled_from(sorted(rules.PERMISSIONS)))
def test_an_account_that_is_not_active_may_nothing(roles: frozenset[str], permission: str) -> None:
    for status in ("invited", "closed"):
        assert not rules.may(SomeAccount(roles, status), permission)


@given(st.frozensets(st.sampled_from(ROLES)), st.sampled_from(sorted(rules.PERMISSIONS)))
def test_no_role_reaches_into_another_organisation(roles: frozenset[str], permission: str) -> None:
    assert not rules.may(SomeAccount(roles), permission, SomeAccount(org_id=THERE))


def test_an_administrator_manages_and_reads_no_log() -> None:
    administrator = with_roles("administrator")
    for permission in ("people.invite", "people.grant_role", "people.close_account", "people.see_accounts"):
        assert rules.may(administrator, permission, SomeAccount())
    assert not rules.may(administrator, "people.read_organisation_log")
    assert rules.compartments_of(administrator) == {"public"}


def test_a_privacy_officer_reads_the_log_and_manages_nobody() -> None:
    officer = with_roles("privacy_officer")
    assert rules.may(officer, "people.read_organisation_log")
    assert rules.may(officer, "people.see_accounts")
    for permission in ("people.invite", "people.grant_role", "people.end_role", "people.close_account"):
        assert not rules.may(officer, permission, SomeAccount())


def test_nobody_grants_or_resets_anything_for_themselves() -> None:
    administrator = with_roles("administrator")
    assert not rules.may(administrator, "people.grant_role", administrator)
    assert not rules.may(administrator, "people.reset_second_factor", administrator)


def test_a_line_is_seen_by_whom_it_is_about_and_by_the_privacy_officer() -> None:
    counsellor, officer, colleague = with_roles("counsellor"), with_roles("privacy_officer"), with_roles("desk_lead")
    line = SomeLine(counsellor.account_id, HERE)
    assert rules.may(counsellor, "people.see_log_line", line)
    assert rules.may(officer, "people.see_log_line", line)
    assert not rules.may(colleague, "people.see_log_line", line)
    assert not rules.may(officer, "people.see_log_line", SomeLine(uuid4(), THERE))
    assert not rules.may(officer, "people.see_log_line", SomeLine(None, None))


def test_what_is_kept_about_oneself_is_no_reason_to_look_at_others() -> None:
    officer = with_roles("privacy_officer")
    assert rules.OWN_DATA in rules.purposes_of(officer)
    assert rules.OWN_DATA not in rules.purposes_for_others(officer)


def test_a_permission_that_no_room_has_is_an_error_and_not_a_no() -> None:
    with pytest.raises(KeyError):
        rules.may(with_roles("administrator"), "people.incite")


@given(st.frozensets(st.sampled_from(ROLES)))
def test_purposes_come_from_the_roles_and_everybody_may_see_their_own_data(roles: frozenset[str]) -> None:
    purposes = rules.purposes_of(SomeAccount(roles))
    codes = words.vocabulary().lists["staff_role"].codes
    assert set(purposes) == {"own_data"}.union(*(codes[role].texts("purposes") for role in roles))
    assert len(purposes) == len(set(purposes))


def test_the_first_purpose_is_the_one_of_the_role() -> None:
    assert rules.purposes_of(with_roles("counsellor"))[0] == "help"
    assert rules.purposes_of(with_roles("privacy_officer"))[0] == "supervision"
    assert rules.purposes_of(with_roles()) == ("own_data",)


@pytest.mark.parametrize(
    ("roles", "answer"),
    [
        ((), True),
        (("administrator",), True),
        (("counsellor", "case_worker"), True),
        (("administrator", "counsellor"), False),
        (("privacy_officer", "analyst"), False),
        (("administrator", "privacy_officer"), False),
    ],
)
def test_roles_that_manage_or_supervise_stand_alone(roles: tuple[str, ...], answer: bool) -> None:
    assert rules.may_stand_together(roles) is answer


@pytest.mark.parametrize(
    ("regime", "years", "review_years"),
    [("avg", 5, 1), ("wpg", 5, 1), ("press", None, 1), ("youth_care", 20, 5), ("care", 20, 5), ("research", None, 5)],
)
def test_the_legal_regime_sets_how_long_records_are_kept(regime: str, years: int | None, review_years: int) -> None:
    assert rules.retention_under(regime) == rules.Retention(years, review_years)

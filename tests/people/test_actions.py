"""What actions change, what they refuse, and that each leaves its line in the access log."""

import datetime as dt
import threading

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from tests.people.cast import PASSWORD, SECRET, Cast, colleague, organisation

from zicht.people import actions, errors
from zicht.people.models import AccessLine, Account, Organisation, RoleGrant, SetUpCode
from zicht.people.set_up_codes import hash_code, normalise


def newest_line() -> AccessLine:
    return AccessLine.objects.order_by("-sequence")[0]


def roles_of(account: Account) -> set[str]:
    return set(account.grants.filter(ended_on=None).values_list("role", flat=True))


# --- organisations ----------------------------------------------------------------------------------------------
HOUSE = {"org_name": "House", "org_type": "police", "legal_regime": "wpg"}


@pytest.mark.django_db
def test_an_organisation_starts_with_one_administrator_who_was_appointed_by_nobody() -> None:
    grant = actions.create_organisation(HOUSE, login="ada", shown_as="Ada").account.grants.get()
    assert (grant.role, grant.granted_by) == ("administrator", None)


@pytest.mark.django_db
def test_the_first_administrator_comes_with_lines_in_the_log_of_the_organisation() -> None:
    first = actions.create_organisation(HOUSE, login="ada", shown_as="Ada").account
    lines = AccessLine.objects.filter(account=first, verb="changed", purpose="administration")
    assert {"organisation", "account", "role_grant"} <= set(lines.values_list("subject", flat=True))
    assert set(lines.values_list("org_id", flat=True)) == {first.org_id}


@pytest.mark.django_db
def test_the_cast_is_as_if_it_had_been_invited() -> None:
    first = actions.accept_invitation(actions.create_organisation(HOUSE, login="ada", shown_as="Ada").code, PASSWORD)
    invitation = actions.invite_account(first, login="bea", shown_as="Bea", roles=["signal_officer"])
    second = actions.accept_invitation(invitation.code, PASSWORD)
    stored = organisation("Home", "police", "wpg", "eva")
    assert held_by(Organisation, first.org_id, "org_id", "org_name") == held_by(
        Organisation, stored.org_id, "org_id", "org_name"
    )
    for invited, other in ((first, stored), (second, colleague(stored, "fay", "signal_officer"))):
        own = ("account_id", "org_id", "login", "shown_as", "password")
        assert held_by(Account, invited.pk, *own) == held_by(Account, other.pk, *own)
        assert other.check_password(PASSWORD)
        [grant], [same] = invited.grants.all(), other.grants.all()
        assert held_by(RoleGrant, grant.pk, "grant_id", "account_id", "granted_by_id") == held_by(
            RoleGrant, same.pk, "grant_id", "account_id", "granted_by_id"
        )
        assert (grant.granted_by, same.granted_by) == ((None, None) if invited == first else (first, stored))


def held_by(model: type[models.Model], key: object, *own: str) -> dict[str, object]:
    """Give what the database holds of a record, without what is its own."""
    [record] = model._default_manager.filter(pk=key).values()
    assert set(own) <= set(record)
    return {name: value for name, value in record.items() if name not in own}


@pytest.mark.django_db
def test_a_police_organisation_must_report_and_a_helpline_need_not() -> None:
    helpline = {"org_name": "Helpline", "org_type": "chat_service", "legal_regime": "avg"}
    assert actions.create_organisation(HOUSE, login="ada", shown_as="Ada").account.org.mandatory_reporter
    assert not actions.create_organisation(helpline, login="bea", shown_as="Bea").account.org.mandatory_reporter


@pytest.mark.django_db
def test_an_organisation_of_a_type_that_is_none_is_refused_with_nothing_left_behind() -> None:
    values = {"org_name": "Nobody", "org_type": "club", "legal_regime": "avg"}
    with pytest.raises(ValidationError):
        actions.create_organisation(values, login="nobody", shown_as="Nobody")
    assert not Organisation.objects.exists()
    assert not Account.objects.exists()


@pytest.mark.django_db
def test_an_organisation_whose_administrator_is_refused_does_not_stay_either() -> None:
    values = {"org_name": "Nobody", "org_type": "chat_service", "legal_regime": "avg"}
    with pytest.raises(ValidationError):
        actions.create_organisation(values, login="somebody@example.org", shown_as="Somebody")
    assert not Organisation.objects.exists()


# --- inviting ---------------------------------------------------------------------------------------------------
def test_an_invited_account_belongs_to_the_organisation_of_who_invites(cast: Cast) -> None:
    assert cast.invited.org_id == cast.administrator.org_id


def test_a_code_is_stored_only_as_a_hash(cast: Cast) -> None:
    invitation = actions.invite_account(cast.administrator, login="bram", shown_as="Bram")
    stored = SetUpCode.objects.filter(account=invitation.account).values().get()
    assert stored["code_hash"] == hash_code(invitation.code)
    for written in (invitation.code, normalise(invitation.code)):
        assert written not in str(stored)
        assert written not in repr(invitation)


def test_a_code_works_once(cast: Cast) -> None:
    invitation = actions.invite_account(cast.administrator, login="bram", shown_as="Bram")
    account = actions.accept_invitation(invitation.code, PASSWORD)
    assert account.is_active
    assert account.check_password(PASSWORD)
    with pytest.raises(errors.CodeNotValidError):
        actions.accept_invitation(invitation.code, "somebody else's password")
    assert Account.objects.get(pk=account.pk).check_password(PASSWORD)


def test_a_code_is_worth_nothing_after_72_hours(cast: Cast) -> None:
    invitation = actions.invite_account(cast.administrator, login="bram", shown_as="Bram")
    assert dt.timedelta(hours=71, minutes=59) < invitation.valid_until - timezone.now() <= dt.timedelta(hours=72)
    SetUpCode.objects.filter(account=invitation.account).update(valid_until=timezone.now())
    with pytest.raises(errors.CodeNotValidError):
        actions.accept_invitation(invitation.code, PASSWORD)


def test_a_new_code_makes_the_old_one_worthless(cast: Cast) -> None:
    old = actions.invite_account(cast.administrator, login="bram", shown_as="Bram")
    new = actions.reset_second_factor(cast.administrator, old.account)
    with pytest.raises(errors.CodeNotValidError):
        actions.accept_invitation(old.code, PASSWORD)
    assert actions.accept_invitation(new.code, PASSWORD).is_active


@pytest.mark.parametrize("word", ["somebody@example.org", "ab", "with space", "-dash", "é" * 5, "a" * 41, "", "a\x00b"])
def test_a_sign_in_word_that_is_none_is_refused(cast: Cast, word: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        actions.invite_account(cast.administrator, login=word, shown_as="Somebody")
    assert "login" in refusal.value.message_dict


def test_capitals_in_a_sign_in_word_do_not_make_a_second_account(cast: Cast) -> None:
    word = cast.counsellor.login.upper()
    with pytest.raises(ValidationError):
        actions.invite_account(cast.administrator, login=word, shown_as="Other Chris")


def test_a_taken_sign_in_word_gets_one_answer_whoever_has_it(cast: Cast) -> None:
    sentences = []
    for word in (cast.counsellor.login, cast.stranger.login):
        with pytest.raises(ValidationError) as refusal:
            actions.invite_account(cast.administrator, login=word, shown_as="Somebody")
        sentences.append(refusal.value.message_dict["login"])
    assert sentences[0] == sentences[1]


def test_only_an_administrator_invites(cast: Cast) -> None:
    for account in (cast.counsellor, cast.privacy_officer, cast.closed, cast.invited):
        with pytest.raises(errors.NotAllowedError):
            actions.invite_account(account, login="bram", shown_as="Bram")


def test_a_refused_role_leaves_no_account_behind(cast: Cast) -> None:
    with pytest.raises(errors.RoleOutsideRegimeError):
        actions.invite_account(cast.editor, login="bram", shown_as="Bram", roles=["counsellor"])
    assert not Account.objects.filter(login="bram").exists()


# --- roles ------------------------------------------------------------------------------------------------------
def test_a_role_is_given_with_who_gave_it_and_when(cast: Cast) -> None:
    grant = actions.grant_role(cast.administrator, cast.counsellor, "desk_lead")
    assert (grant.granted_by, grant.granted_on, grant.ended_on) == (cast.administrator, timezone.localdate(), None)
    assert roles_of(cast.counsellor) == {"counsellor", "desk_lead"}


def test_an_ended_role_stays_in_the_history_and_can_be_given_again(cast: Cast) -> None:
    grant = actions.end_role(cast.administrator, cast.counsellor.grants.get())
    assert grant.ended_on == timezone.localdate()
    assert roles_of(cast.counsellor) == set()
    actions.grant_role(cast.administrator, cast.counsellor, "counsellor")
    assert cast.counsellor.grants.count() == 2


def test_nobody_gives_a_role_to_themselves(cast: Cast) -> None:
    with pytest.raises(errors.NotAllowedError):
        actions.grant_role(cast.administrator, cast.administrator, "privacy_officer")


def test_an_administrator_changes_nobody_of_another_organisation(cast: Cast) -> None:
    for change in (
        lambda: actions.grant_role(cast.stranger, cast.counsellor, "case_worker"),
        lambda: actions.end_role(cast.stranger, cast.counsellor.grants.get()),
        lambda: actions.close_account(cast.stranger, cast.counsellor),
        lambda: actions.reset_second_factor(cast.stranger, cast.counsellor),
    ):
        with pytest.raises(errors.NotAllowedError):
            change()
    assert roles_of(cast.counsellor) == {"counsellor"}


def test_a_role_is_not_given_twice_at_a_time(cast: Cast) -> None:
    with pytest.raises(errors.RoleHeldAlreadyError):
        actions.grant_role(cast.administrator, cast.counsellor, "counsellor")
    grant = cast.counsellor.grants.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(account=grant.account, role=grant.role, granted_on=grant.granted_on)


def test_a_news_desk_has_no_counsellor_and_a_helpline_no_signal_officer(cast: Cast) -> None:
    with pytest.raises(errors.RoleOutsideRegimeError):
        actions.grant_role(cast.editor, cast.reporter, "counsellor")
    with pytest.raises(errors.RoleOutsideRegimeError):
        actions.grant_role(cast.administrator, cast.counsellor, "signal_officer")


def test_a_role_that_is_none_is_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        actions.grant_role(cast.administrator, cast.counsellor, "emperor")


@pytest.mark.parametrize("role", ["administrator", "privacy_officer"])
def test_who_manages_and_who_supervises_have_no_other_role(cast: Cast, role: str) -> None:
    with pytest.raises(errors.RolesStandApartError):
        actions.grant_role(cast.administrator, cast.counsellor, role)
    with pytest.raises(errors.RolesStandApartError):
        actions.grant_role(cast.administrator, cast.privacy_officer, "counsellor")


def test_a_closed_account_gets_no_role_and_no_code(cast: Cast) -> None:
    with pytest.raises(errors.AccountClosedError):
        actions.grant_role(cast.administrator, cast.closed, "counsellor")
    with pytest.raises(errors.AccountClosedError):
        actions.reset_second_factor(cast.administrator, cast.closed)


# --- closing and starting anew ----------------------------------------------------------------------------------
def test_closing_ends_roles_and_wipes_every_means_of_signing_in(cast: Cast) -> None:
    TOTP.activate(cast.counsellor, SECRET)
    closed = actions.close_account(cast.administrator, cast.counsellor)
    assert (closed.status, closed.closed_on) == ("closed", timezone.localdate())
    assert not closed.has_usable_password()
    assert not Authenticator.objects.filter(user=closed).exists()
    assert roles_of(closed) == set()


def test_closing_an_invited_account_makes_its_code_worthless(cast: Cast) -> None:
    invitation = actions.invite_account(cast.administrator, login="bram", shown_as="Bram")
    actions.close_account(cast.administrator, invitation.account)
    assert not SetUpCode.objects.exists()
    with pytest.raises(errors.CodeNotValidError):
        actions.accept_invitation(invitation.code, PASSWORD)


def test_a_code_that_outlived_its_account_does_not_open_it_again(cast: Cast) -> None:
    invitation = actions.invite_account(cast.administrator, login="bram", shown_as="Bram")
    Account.objects.filter(login="bram").update(status="closed", closed_on=timezone.localdate())
    with pytest.raises(errors.CodeNotValidError):
        actions.accept_invitation(invitation.code, PASSWORD)
    assert Account.objects.get(login="bram").status == "closed"


def test_a_password_that_is_changed_while_the_account_is_closed_does_not_open_it_again(cast: Cast) -> None:
    on_the_page_of_the_password = Account.objects.get(pk=cast.counsellor.pk)
    actions.close_account(cast.administrator, cast.counsellor)
    actions.change_password(on_the_page_of_the_password, "one more quiet river")
    assert Account.objects.get(pk=cast.counsellor.pk).status == "closed"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="connections wait for each other on PostgreSQL only")
@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_close_each_other_at_the_same_moment_do_not_both_succeed(
    transactional_db: None,
) -> None:
    values = {"org_name": "Somewhere", "org_type": "shelter", "legal_regime": "care"}
    first = actions.accept_invitation(actions.create_organisation(values, login="anna", shown_as="A").code, PASSWORD)
    second = colleague(first, "bram", "administrator")
    ready, refused = threading.Barrier(2), []

    def close(by: Account, other: Account) -> None:
        ready.wait()
        try:
            actions.close_account(by, other)
        except errors.PeopleError as refusal:
            refused.append(type(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=close, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [errors.NotAllowedError]
    assert Account.objects.filter(status="active").count() == 1


def test_the_database_itself_keeps_status_and_closing_day_together(cast: Cast) -> None:
    cast.counsellor.status = "closed"
    with pytest.raises(IntegrityError), transaction.atomic():
        cast.counsellor.save()


def test_the_last_active_administrator_cannot_leave(cast: Cast) -> None:
    for by in (cast.administrator, None):
        with pytest.raises(errors.LastAdministratorError):
            actions.close_account(by, cast.administrator)
        with pytest.raises(errors.LastAdministratorError):
            actions.end_role(by, cast.administrator.grants.get())


def test_an_invited_administrator_does_not_count_as_active(cast: Cast) -> None:
    actions.invite_account(cast.administrator, login="bram", shown_as="Bram", roles=["administrator"])
    with pytest.raises(errors.LastAdministratorError):
        actions.close_account(cast.administrator, cast.administrator)


def test_an_administrator_may_leave_when_there_is_another(cast: Cast) -> None:
    second = colleague(cast.administrator, "bram", "administrator")
    assert actions.close_account(cast.administrator, cast.administrator).status == "closed"
    # Who was administrator when the page was opened is asked again when it is sent.
    with pytest.raises(errors.NotAllowedError):
        actions.close_account(cast.administrator, second)


def test_a_reset_wipes_password_and_second_factor_until_the_code_is_used(cast: Cast) -> None:
    TOTP.activate(cast.counsellor, SECRET)
    invitation = actions.reset_second_factor(cast.administrator, cast.counsellor)
    account = Account.objects.get(pk=cast.counsellor.pk)
    assert not account.has_usable_password()
    assert not Authenticator.objects.filter(user=account).exists()
    assert actions.accept_invitation(invitation.code, PASSWORD).check_password(PASSWORD)


def test_nobody_resets_their_own_second_factor(cast: Cast) -> None:
    with pytest.raises(errors.NotAllowedError):
        actions.reset_second_factor(cast.administrator, cast.administrator)


# --- the lines --------------------------------------------------------------------------------------------------
def test_every_change_stands_in_the_log_under_who_made_it(cast: Cast) -> None:
    grant = actions.grant_role(cast.administrator, cast.counsellor, "desk_lead")
    for change, subject, subject_id in (
        (lambda: None, "role_grant", grant.pk),
        (lambda: actions.end_role(cast.administrator, grant), "role_grant", grant.pk),
        (lambda: actions.reset_second_factor(cast.administrator, cast.counsellor), "account", cast.counsellor.pk),
        (lambda: actions.close_account(cast.administrator, cast.counsellor), "account", cast.counsellor.pk),
    ):
        change()
        line = newest_line()
        assert (line.verb, line.subject, line.subject_id) == ("changed", subject, str(subject_id))
        assert (line.account_id, line.purpose) == (cast.administrator.pk, "administration")


def test_a_change_that_is_refused_leaves_no_line(cast: Cast) -> None:
    account = cast.administrator
    actions.record_own_security(account)
    before = newest_line().sequence
    with pytest.raises(errors.LastAdministratorError):
        actions.close_account(account, account)
    assert newest_line().sequence == before


def test_looking_is_written_down_with_the_first_purpose_of_the_role(cast: Cast) -> None:
    line = actions.record_access(cast.counsellor, "seen", "contact", compartment="help")
    assert (line.verb, line.subject, line.compartment, line.purpose) == ("seen", "contact", "help", "help")


def test_a_purpose_of_somebody_elses_role_is_refused(cast: Cast) -> None:
    with pytest.raises(errors.PurposeNotAllowedError):
        actions.record_access(cast.counsellor, "seen", "contact", purpose="supervision")

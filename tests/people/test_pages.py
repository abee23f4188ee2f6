"""Every page of this room: who sees it, and who gets the answer of a page that does not exist."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from tests.conftest import QueryLimit
from tests.people.cast import PASSWORD, Browser, Cast
from tests.people.conftest import SignIn

from zicht.people import actions
from zicht.people.errors import NotAllowedError
from zicht.people.models import AccessLine, Account, Organisation, RoleGrant, SetUpCode

OF_OTHERS = ("counsellor", "privacy_officer", "officer", "reporter", "stranger", "stranger_privacy_officer")
Address = Callable[[Cast], str]


def account_page(cast: Cast) -> str:
    return f"/staff/accounts/{cast.counsellor.pk}/"


ADDRESSES: dict[str, Address] = {
    "accounts": lambda cast: "/staff/accounts/",
    "invite": lambda cast: "/staff/accounts/invite/",
    "account": account_page,
    "grant": lambda cast: account_page(cast) + "roles/",
    "end": lambda cast: account_page(cast) + f"roles/{cast.counsellor.grants.get().pk}/end/",
    "close": lambda cast: account_page(cast) + "close/",
    "reset": lambda cast: account_page(cast) + "reset/",
}
CHANGING = {
    "invite": {"login": "new.one", "shown_as": "New one"},
    "grant": {"role": "desk_lead"},
    "end": {},
    "close": {},
    "reset": {},
}


def people_as_stored() -> list[object]:
    """Everything a page of accounts could change, for comparing before and after."""
    return [
        list(Account.objects.order_by("pk").values()),
        list(RoleGrant.objects.order_by("pk").values()),
        list(SetUpCode.objects.order_by("pk").values()),
    ]


# --- who may not ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", sorted(CHANGING))
@pytest.mark.parametrize("who", OF_OTHERS)
def test_a_form_sent_by_somebody_else_changes_nothing_and_hints_at_nothing(
    cast: Cast, sign_in: SignIn, who: str, name: str
) -> None:
    address = ADDRESSES[name](cast)
    browser = sign_in(getattr(cast, who))
    before = people_as_stored()
    # An administrator of elsewhere may invite, there; everything else is about somebody of the helpline.
    if (who, name) != ("stranger", "invite"):
        assert browser.post(address, **CHANGING[name]).status_code == 404
        assert browser.get(address).status_code == (405 if who == "stranger" and name in ("grant", "end") else 404)
        assert people_as_stored() == before


@pytest.mark.parametrize("name", sorted(ADDRESSES))
@pytest.mark.parametrize("who", ["counsellor", "officer", "reporter"])
def test_pages_about_accounts_do_not_exist_for_who_has_no_task_there(
    cast: Cast, sign_in: SignIn, who: str, name: str
) -> None:
    assert sign_in(getattr(cast, who)).get(ADDRESSES[name](cast)).status_code == 404


def test_an_account_of_another_organisation_and_one_that_never_was_get_the_same_answer(
    cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.stranger)
    there = browser.get(account_page(cast))
    nowhere = browser.get(f"/staff/accounts/{uuid4()}/")
    assert there.status_code == nowhere.status_code == 404

    def without_address(content: bytes) -> str:
        return re.sub(r"/staff/accounts/[0-9a-f-]{36}/", "", re.sub(r'value="\w{64}"', "", content.decode()))

    assert without_address(there.content) == without_address(nowhere.content)


def test_the_list_of_accounts_ends_at_the_own_organisation(cast: Cast, sign_in: SignIn) -> None:
    content = sign_in(cast.stranger).get("/staff/accounts/").content.decode()
    assert cast.stranger.login in content
    assert cast.counsellor.login not in content


@pytest.mark.parametrize("address", ["/staff/", "/staff/accounts/", "/staff/organisation/", "/staff/log/"])
def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(db: None, address: str) -> None:
    response = Browser().get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/staff/account/login/")


def test_a_form_without_its_token_is_refused(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.administrator)
    addresses = {name: ADDRESSES[name](cast) for name in CHANGING}
    before = people_as_stored()
    for name, fields in CHANGING.items():
        assert browser.client.post(addresses[name], fields).status_code == 403
    assert people_as_stored() == before


# --- who may ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "who", ["administrator", "counsellor", "privacy_officer", "officer", "editor", "reporter", "stranger"]
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_everybody_has_a_first_page_that_says_who_they_are(
    cast: Cast, sign_in: SignIn, at_most_queries: QueryLimit, who: str, prefix: str
) -> None:
    account = getattr(cast, who)
    browser = sign_in(account)
    with at_most_queries():
        content = browser.get(f"{prefix}/staff/").content.decode()
    assert account.login in content
    assert account.org.org_name in content
    assert content.count("<h1") == 1


def test_the_first_page_names_walls_and_roles_in_words(cast: Cast, sign_in: SignIn) -> None:
    content = sign_in(cast.officer).get("/en/staff/").content.decode()
    assert "Signal officer" in content
    assert "Enforcement" in content


def test_the_first_page_links_only_to_what_opens(cast: Cast, sign_in: SignIn) -> None:
    for who in (cast.administrator, cast.privacy_officer, cast.counsellor, cast.reporter):
        browser = sign_in(who)
        content = browser.get("/staff/").content.decode()
        main = content[content.index("<main") : content.index("</main>")]
        for address in set(re.findall(r'href="(/staff/[^"]*)"', main)):
            if not address.startswith("/staff/account/"):
                assert browser.get(address).status_code == 200, address


def test_an_account_without_a_role_is_told_so(cast: Cast, sign_in: SignIn) -> None:
    account = actions.accept_invitation(
        actions.invite_account(cast.administrator, login="bram", shown_as="Bram").code, PASSWORD
    )
    content = sign_in(account).get("/en/staff/").content.decode()
    assert "no role yet" in content


def test_the_page_of_the_organisation_shows_every_field_of_the_vocabulary(
    cast: Cast, sign_in: SignIn, at_most_queries: QueryLimit
) -> None:
    browser = sign_in(cast.officer)
    with at_most_queries():
        content = browser.get("/en/staff/organisation/").content.decode()
    assert "Police data (Wpg)" in content
    assert "Must report presumed victims" in content


@pytest.mark.parametrize("who", ["administrator", "privacy_officer"])
def test_who_manages_or_supervises_sees_the_accounts(
    cast: Cast, sign_in: SignIn, at_most_queries: QueryLimit, who: str
) -> None:
    address = account_page(cast)
    browser = sign_in(getattr(cast, who))
    for path in ("/staff/accounts/", address):
        with at_most_queries():
            response = browser.get(path)
        assert response.status_code == 200
        assert cast.counsellor.login in response.content.decode()


def test_many_accounts_cost_no_more_queries_than_few(cast: Cast, sign_in: SignIn, at_most_queries: QueryLimit) -> None:
    for number in range(20):
        actions.invite_account(
            cast.administrator, login=f"desk.{number}", shown_as=f"Desk {number}", roles=["counsellor", "case_worker"]
        )
    browser = sign_in(cast.administrator)
    with at_most_queries():
        browser.get("/staff/accounts/")


def test_looking_at_accounts_is_written_down(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.privacy_officer)
    browser.get("/staff/accounts/")
    browser.get(account_page(cast))
    lines = AccessLine.objects.filter(account=cast.privacy_officer, subject="account").order_by("-sequence")[:2]
    assert [(line.verb, line.subject_id, line.purpose) for line in lines] == [
        ("seen", str(cast.counsellor.pk), "supervision"),
        ("listed", "", "supervision"),
    ]


def test_a_privacy_officer_gets_no_button_that_changes(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.privacy_officer)
    for address in ("/en/staff/accounts/", f"/en{account_page(cast)}"):
        content = browser.get(address).content.decode()
        main = content[content.index("<main") : content.index("</main>")]
        assert "<form" not in main
        assert "button" not in main


@pytest.mark.parametrize(("who", "sees"), [("administrator", True), ("privacy_officer", False)])
def test_the_list_of_accounts_leads_to_inviting_for_whoever_may_do_so(
    cast: Cast, sign_in: SignIn, who: str, sees: bool
) -> None:
    page = sign_in(getattr(cast, who)).get("/staff/accounts/")
    assert ('href="/staff/accounts/invite/"' in page.content.decode()) is sees


# --- inviting ---------------------------------------------------------------------------------------------------
def test_an_administrator_invites_and_the_code_is_shown_once(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.administrator)
    response = browser.post("/staff/accounts/invite/", login="Bram", shown_as="Bram", roles=["counsellor", "desk_lead"])
    account = Account.objects.get(login="bram")
    assert account.status == "invited"
    assert {grant.role for grant in account.grants.all()} == {"counsellor", "desk_lead"}
    address, code = re.findall("<code>([^<]+)</code>", response.content.decode())
    assert address == "http://testserver/staff/set-up/"
    assert "no-store" in response.headers["Cache-Control"]
    assert code not in browser.get(f"/staff/accounts/{account.pk}/").content.decode()
    assert actions.accept_invitation(code, PASSWORD).pk == account.pk


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"login": "", "shown_as": "Bram"}, "id_login"),
        ({"login": "bram@example.org", "shown_as": "Bram"}, "no e-mail address"),
        ({"login": "chris", "shown_as": "Bram"}, "cannot be used"),
        ({"login": "bram", "shown_as": "Bram", "roles": ["counsellor", "administrator"]}, "no other role"),
        ({"login": "bram", "shown_as": "Bram", "roles": ["signal_officer"]}, "id_roles"),
    ],
)
def test_a_wrong_invitation_says_what_is_wrong_and_keeps_what_was_typed(
    cast: Cast, sign_in: SignIn, fields: dict[str, object], sentence: str
) -> None:
    assert cast.counsellor.login == "chris"
    before = people_as_stored()
    response = sign_in(cast.administrator).post("/en/staff/accounts/invite/", **fields)
    content = response.content.decode()
    assert "error-summary" in content
    assert sentence in content
    assert 'value="Bram"' in content
    assert [people_as_stored()[0], people_as_stored()[2]] == [before[0], before[2]]


def test_a_form_offers_the_roles_that_the_regime_has(cast: Cast, sign_in: SignIn) -> None:
    content = sign_in(cast.editor).get("/staff/accounts/invite/").content.decode()
    assert 'value="reporter"' in content
    assert 'value="counsellor"' not in content


# --- changing accounts ------------------------------------------------------------------------------------------
def test_an_administrator_gives_and_ends_a_role(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.administrator)
    assert browser.post(ADDRESSES["grant"](cast), role="desk_lead").status_code == 302
    grant = cast.counsellor.grants.get(role="desk_lead")
    assert browser.post(f"{account_page(cast)}roles/{grant.pk}/end/").status_code == 302
    grant.refresh_from_db()
    assert grant.ended_on is not None
    assert browser.post(f"{account_page(cast)}roles/{grant.pk}/end/").status_code == 404


def test_a_role_that_cannot_be_given_is_explained_on_the_page(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.administrator).post(f"/en{ADDRESSES['grant'](cast)}", role="administrator")
    assert response.status_code == 200
    assert "no other role" in response.content.decode()


def test_a_role_is_ended_only_on_the_account_that_has_it(cast: Cast, sign_in: SignIn) -> None:
    other = cast.privacy_officer.grants.get()
    assert sign_in(cast.administrator).post(f"{account_page(cast)}roles/{other.pk}/end/").status_code == 404


def test_closing_asks_first_and_names_what_happens(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.administrator)
    content = browser.get(f"/en{ADDRESSES['close'](cast)}").content.decode()
    assert "Close the account Chris for good" in content
    assert Account.objects.get(pk=cast.counsellor.pk).is_active
    browser.post(ADDRESSES["close"](cast))
    assert Account.objects.get(pk=cast.counsellor.pk).status == "closed"
    assert "<form" not in browser.get(account_page(cast)).content.decode().split("<main")[1].split("</main>")[0]


def test_a_refusal_to_close_the_last_administrator_is_shown(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.administrator)
    address = f"/en/staff/accounts/{cast.administrator.pk}/"
    browser.post(f"{address}close/")
    assert "last active administrator" in browser.get(address).content.decode()
    assert Account.objects.get(pk=cast.administrator.pk).is_active


def test_a_session_ends_when_its_account_is_closed(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.counsellor)
    assert browser.get("/staff/").status_code == 200
    actions.close_account(cast.administrator, cast.counsellor)
    assert browser.get("/staff/").status_code == 302
    assert browser.get("/staff/log/").status_code == 302


def test_a_closed_account_is_out_even_if_the_password_was_left_alone(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.counsellor)
    account = Account.objects.get(pk=cast.counsellor.pk)
    account.status, account.closed_on = "closed", account.created_on
    account.save()
    assert browser.get("/staff/").status_code == 302


def test_a_new_code_ends_the_sessions_of_whoever_stole_the_phone(cast: Cast, sign_in: SignIn) -> None:
    thief = sign_in(cast.counsellor)
    response = sign_in(cast.administrator).post(ADDRESSES["reset"](cast))
    assert len(re.findall("<code>[^<]+</code>", response.content.decode())) == 2
    assert thief.get("/staff/").status_code == 302


def test_nobody_finds_a_reset_for_their_own_account(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.administrator)
    address = f"/staff/accounts/{cast.administrator.pk}/"
    assert browser.get(f"{address}reset/").status_code == 404
    assert f"{address}reset/" not in browser.get(address).content.decode()


def test_the_page_of_an_organisation_says_how_long_its_regime_keeps_records(cast: Cast, sign_in: SignIn) -> None:
    content = {
        who: sign_in(account).get("/en/staff/organisation/").content.decode()
        for who, account in (("avg", cast.counsellor), ("press", cast.editor))
    }
    assert "5 years after closing." in content["avg"]
    assert "No fixed term" in content["press"]


def test_a_role_that_is_none_shows_the_account_and_leaves_a_line(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.administrator)
    page = browser.post(account_page(cast) + "roles/", role="king")
    assert cast.counsellor.login in page.content.decode()
    line = AccessLine.objects.order_by("-sequence")[0]
    assert (line.verb, line.subject_id) == ("seen", str(cast.counsellor.pk))


# --- organisations to work with -----------------------------------------------------------------------------------
PARTNER = {"org_name": "Coordination centre", "org_type": "coordination", "legal_regime": "avg", "list_group": ""}


@pytest.mark.parametrize("who", ["counsellor", "privacy_officer", "officer", "reporter"])
def test_only_an_administrator_sees_and_adds_organisations_to_work_with(cast: Cast, sign_in: SignIn, who: str) -> None:
    browser = sign_in(getattr(cast, who))
    assert browser.get("/staff/organisations/").status_code == 404
    assert browser.post("/staff/organisations/", **PARTNER).status_code == 404
    assert not Organisation.objects.filter(org_name=PARTNER["org_name"]).exists()


def test_an_administrator_adds_an_organisation_that_nobody_can_sign_in_for(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.administrator)
    assert browser.post("/staff/organisations/", **PARTNER).status_code == 302
    partner = Organisation.objects.get(org_name=PARTNER["org_name"])
    assert not partner.accounts.exists()
    content = browser.get("/en/staff/organisations/").content.decode()
    assert "Coordination centre" in content
    assert "National coordination centre" in content
    line = AccessLine.objects.get(subject="organisation", subject_id=str(partner.pk))
    assert (line.verb, line.account) == ("changed", cast.administrator)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"org_name": "Helpline"}, "already exists"),
        ({"org_type": "castle"}, "Select a valid choice"),
        ({"org_name": "Help\u200bline"}, "that everybody can see"),
        ({"legal_regime": ""}, "required"),
    ],
)
def test_a_wrong_organisation_is_explained_and_not_added(
    cast: Cast, sign_in: SignIn, wrong: dict[str, str], sentence: str
) -> None:
    browser = sign_in(cast.administrator)
    response = browser.post("/en/staff/organisations/", **{**PARTNER, **wrong})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Organisation.objects.count() == 1


def test_an_organisation_that_must_report_is_marked_by_its_type(cast: Cast) -> None:
    police = actions.add_partner(
        cast.administrator, {"org_name": "Border", "org_type": "border_police", "legal_regime": "wpg"}
    )
    assert police.mandatory_reporter
    with pytest.raises(NotAllowedError):
        actions.add_partner(cast.counsellor, {"org_name": "X", "org_type": "school", "legal_regime": "avg"})

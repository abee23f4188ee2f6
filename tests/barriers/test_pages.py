"""Every page of barriers: who sees it and who does not, and that it tells no more than it may."""

from uuid import uuid4

import pytest
from django.urls import resolve
from django.utils import translation
from tests.barriers.cast import AGREED, POLICY, TODAY, Cast
from tests.conftest import QueryLimit
from tests.people.cast import Page
from tests.people.conftest import SignIn

from zicht.barriers import urls
from zicht.barriers.models import BarrierAction, BarrierModel, Finding, Meeting, Policy, Sum
from zicht.barriers.processes.actions import begin_draft, begin_own
from zicht.people.models import AccessLine
from zicht.people.short_codes import short_code
from zicht.signals.intake.actions import take_in
from zicht.signals.models import Signal
from zicht.words import Label

ROOT = "/en/staff/barriers"


def text_of(page: Page) -> str:
    return page.content.decode()


class Addresses:
    """One of each record, and the addresses of the pages about them."""

    def __init__(self, cast: Cast) -> None:
        self.action = cast.action()
        self.draft = begin_draft(cast.keeper, "FORCEDLAB")
        cast.policy()
        draft = f"drafts/{self.draft.pk}/"
        self.of_those_who_look = [
            "", "actions/", "actions/f22.csv", f"actions/{self.action.pk}/", "processes/", "processes/SEXMIN/",
            "processes/SEXMIN/matrix/", "processes/SEXMIN/poster.pdf", "processes/SEXMIN/versions/",
            "processes/SEXMIN/versions/1/", "processes/SEXMIN/versions/1/matrix/", "processes/STATELAB/",
            "processes/SEXMIN/versions/1/poster.pdf", "sums/", "policy/", "policy/GM0363/", "policy/GM0014/",
            "policy/municipal-policy.csv", "policy/municipal-policy.xlsx",
        ]  # fmt: skip
        self.of_keepers = [
            f"actions/{self.action.pk}/change/", f"actions/{self.action.pk}/evaluate/",
            "processes/add/", "processes/SEXMIN/actions/add/", draft,
            f"{draft}publish/", f"{draft}steps/add/", f"{draft}steps/L1/", f"{draft}steps/L1/barriers/add/",
            f"{draft}steps/L1/barriers/L1a/", "policy/GM0363/change/", "policy/GM0014/change/", "policy/take-in/",
        ]  # fmt: skip
        self.posts = [
            "close/", "sums/2025-1/", f"actions/{self.action.pk}/move/", "processes/STATELAB/draft/",
            f"{draft}discard/", f"{draft}steps/L1/do/", f"{draft}steps/L1/barriers/L1a/remove/",
        ]  # fmt: skip


def test_every_address_of_the_room_is_opened_by_somebody_who_may_not(cast: Cast) -> None:
    pages = Addresses(cast)
    with translation.override("en"):
        every = (*pages.of_those_who_look, *pages.of_keepers, *pages.posts)
        listed = {resolve(f"{ROOT}/{address}").url_name for address in every}
    # These stand in tests of their own: behind the walls of a case, or of a session.
    apart = {"case", "decide", "name_report", "making", "policy_refused"}
    assert listed | apart == {pattern.name for pattern in urls.urlpatterns}
    assert not listed & apart


def test_who_looks_sees_and_who_keeps_changes(cast: Cast, sign_in: SignIn) -> None:
    pages = Addresses(cast)
    looks, keeps = sign_in(cast.case_worker), sign_in(cast.keeper)
    for address in pages.of_those_who_look:
        assert looks.get(f"{ROOT}/{address}").status_code == 200, address
    for address in pages.of_keepers:
        assert keeps.get(f"{ROOT}/{address}").status_code == 200, address
        assert looks.get(f"{ROOT}/{address}").status_code == 404, address


@pytest.mark.parametrize("who", ["counsellor", "privacy_officer", "administrator", "reporter"])
def test_whose_role_has_nothing_to_do_with_barriers_finds_no_page(cast: Cast, sign_in: SignIn, who: str) -> None:
    pages = Addresses(cast)
    browser = sign_in(getattr(cast, who))
    for address in [*pages.of_those_who_look, *pages.of_keepers]:
        assert browser.get(f"{ROOT}/{address}").status_code == 404, address
    for address in [*pages.posts, *pages.of_keepers]:
        assert browser.post(f"{ROOT}/{address}").status_code == 404, address


def test_only_who_keeps_is_offered_changes(cast: Cast, sign_in: SignIn) -> None:
    pages = Addresses(cast)
    offers = {
        "": "Close this meeting",
        "actions/": "Agree on an action:",
        f"actions/{pages.action.pk}/": "Agreed with the partner</button>",
        "processes/": "A process of our own",
        "processes/SEXMIN/": "Make a new version",
        "processes/STATELAB/": "Take it over and adapt it",
        "sums/": "Make the sums of",
        "policy/": "Take in a table",
        "policy/GM0363/": "/change/",
    }
    keeps, looks = sign_in(cast.keeper), sign_in(cast.case_worker)
    for address, offer in offers.items():
        assert offer in text_of(keeps.get(f"{ROOT}/{address}")), address
        assert offer not in text_of(looks.get(f"{ROOT}/{address}")), address


# --- what forms do ------------------------------------------------------------------------------------------------
def test_a_case_is_held_against_the_steps_by_whoever_sees_it_and_decided_by_whoever_works_on_it(
    cast: Cast, sign_in: SignIn, at_most_queries: QueryLimit
) -> None:
    cast.make_episode()
    model = cast.model
    page = f"{ROOT}/cases/{cast.case.pk}/"
    worker = sign_in(cast.case_worker)
    with at_most_queries(25):
        shown = text_of(worker.get(page))
    assert "Binding and pressure" in shown
    decide = f"{page}{model.pk}/S2/"
    fields = {"S2-standing": "nothing", "S2-barrier_code": "S2a", "S2-state": "confirmed"}
    for stranger in (cast.keeper, cast.stranger_case_worker):
        browser = sign_in(stranger)
        assert browser.get(page).status_code == 404
        assert browser.post(decide, **fields).status_code == 404
    worker.post(decide, **fields)
    assert Finding.objects.get().decided_by == cast.case_worker
    told = text_of(worker.get(page))
    assert "Confirmed" in told
    assert "Would have caught it: S2a" in told
    assert worker.post(f"{page}{uuid4()}/S2/", **fields).status_code == 404


def test_a_report_is_named_and_left_out_again_by_whoever_works_on_the_case(cast: Cast, sign_in: SignIn) -> None:
    cast.make_episode()
    report = {"received_on": TODAY, "channel": "phone", "kind": "report", "urgency": "u3_week", "source": "call"}
    noted: list[dict[str, object]] = [{"indicator": "HOU03", "basis": "seen", "state": "noted"}]
    code = short_code(take_in(cast.case_worker, report, wall="help", noted=noted).pk)
    Signal.objects.update(state="confirmed", reviewer=cast.case_worker)
    page = f"{ROOT}/cases/{cast.case.pk}/"
    address, worker = f"{page}{cast.model.pk}/report/", sign_in(cast.case_worker)
    worker.post(address, code=code)
    assert code in text_of(worker.get(page))
    assert "HOU03" in text_of(worker.get(page))
    for stranger in (cast.keeper, cast.stranger_case_worker):
        assert sign_in(stranger).post(address, code=code, do="leave_out").status_code == 404
    worker.post(address, code="0000-0000", do="leave_out")
    assert "no report with this code" in text_of(worker.get(page))
    worker.post(address, code=code, do="leave_out")
    told = text_of(worker.get(page))
    assert "left out" in told
    assert code not in told
    assert "HOU03" not in told


def test_looking_at_a_case_is_written_down(cast: Cast, sign_in: SignIn) -> None:
    cast.make_episode()
    sign_in(cast.case_worker).get(f"{ROOT}/cases/{cast.case.pk}/")
    line = AccessLine.objects.filter(subject="case", verb="seen").first()
    assert line is not None
    assert (line.account, line.subject_id) == (cast.case_worker, str(cast.case.pk))


def test_an_action_is_agreed_on_and_a_plan_that_ends_before_it_begins_is_not(cast: Cast, sign_in: SignIn) -> None:
    assert cast.model.state == "published"
    keeper = sign_in(cast.keeper)
    address = f"{ROOT}/processes/SEXMIN/actions/add/"
    fields = {**AGREED, "lead_org": str(cast.keeper.org_id), "start_on": "2026-05-01", "new_id": str(uuid4())}
    assert "This day lies before" in text_of(keeper.post(address, **fields, due_on="2026-04-01"))
    assert keeper.post(address, **fields, due_on="2026-06-01").status_code == 302
    action = BarrierAction.objects.get()
    keeper.post(f"{ROOT}/actions/{action.pk}/move/", do="agreed", version="1")
    action.refresh_from_db()
    assert action.state == "agreed"
    keeper.post(f"{ROOT}/actions/{action.pk}/move/", do="done", version="2")
    action.refresh_from_db()
    assert action.state == "agreed", "a step that does not follow is refused with a sentence"
    change = {**fields, "partners": [str(cast.stranger.org_id)], "due_on": "2026-07-01", "version": str(action.version)}
    assert keeper.post(f"{ROOT}/actions/{action.pk}/change/", **change).status_code == 302
    assert action.partners.get() == cast.stranger.org
    again = text_of(keeper.get(f"{ROOT}/actions/{action.pk}/change/"))
    boxes = [one for one in again.split("<input") if 'name="partners"' in one]
    (chosen,) = [one for one in boxes if str(cast.stranger.org_id) in one.split(">")[0]]
    assert "checked" in chosen


def test_a_step_and_a_barrier_are_changed_in_a_draft_by_forms(cast: Cast, sign_in: SignIn) -> None:
    draft, keeper = begin_draft(cast.keeper, "STATELAB"), sign_in(cast.keeper)
    step = {
        "nl": "Nieuw",
        "en": "New",
        "partners": ["press", "platform"],
        "facilitators": "Een | One\nTwee",
        "version": "1",
    }
    assert keeper.post(f"{ROOT}/drafts/{draft.pk}/steps/add/", **step).status_code == 302
    barrier = {
        "nl": "Melden",
        "en": "Report",
        "kind": "detect",
        "partners": ["platform"],
        "measure_nl": "meldingen",
        "measure_en": "reports",
        "version": "2",
    }
    assert keeper.post(f"{ROOT}/drafts/{draft.pk}/steps/T6/barriers/add/", **barrier).status_code == 302
    found = BarrierModel.objects.get(pk=draft.pk).steps.steps["T6"]
    assert [(one.nl, one.en) for one in found.facilitators] == [("Een", "One"), ("Twee", "Twee")]
    assert found.barriers["T6a"].partners == ("platform",)
    late = keeper.post(f"{ROOT}/drafts/{draft.pk}/publish/", why="x", version="2")
    assert late.status_code == 200, "somebody else changed it meanwhile"
    assert keeper.post(f"{ROOT}/drafts/{draft.pk}/publish/", why="New.", version="3").status_code == 302


def test_a_half_year_that_was_summed_without_regions_has_no_column_for_them(cast: Cast, sign_in: SignIn) -> None:
    assert cast.model.state == "published"
    given = {"org_id": cast.keeper.org_id, "kind": "cases", "least": 5, "made_on": TODAY, "made_by": cast.keeper}
    old, new = (
        {f"SEXMIN/S1/{area}/nothing": 7 for area in areas} for areas in (["Utrecht"], ["Utrecht", "West-Nederland"])
    )
    Sum.objects.create(period="2024-1", counts=old, **given)
    Sum.objects.create(period="2024-2", counts=new, **given)
    column = '<th class="number" scope="col">West-Nederland</th>'
    keeper = sign_in(cast.keeper)
    for period, times in (("2024-1", 0), ("2024-2", 1)):
        assert text_of(keeper.get(f"{ROOT}/sums/", period=period, area="Utrecht")).count(column) == times, period
    assert column in text_of(keeper.get(f"{ROOT}/", area="GM0344")), "the newest half-year"


def test_a_process_without_steps_has_pages_and_no_poster(cast: Cast, sign_in: SignIn) -> None:
    begin_own(cast.keeper, "HOTELS", Label("Hotels", "Hotels"), ("sexual",))
    keeper = sign_in(cast.keeper)
    for page in ("processes/", "processes/HOTELS/", "processes/HOTELS/matrix/", "processes/HOTELS/versions/"):
        shown = keeper.get(f"{ROOT}/{page}")
        assert shown.status_code == 200, page
        assert "poster.pdf" not in text_of(shown), page
    assert keeper.get(f"{ROOT}/processes/HOTELS/poster.pdf").status_code == 404
    assert "poster.pdf" in text_of(keeper.get(f"{ROOT}/processes/SEXMIN/"))


def test_a_meeting_is_closed_and_policy_is_written_down(cast: Cast, sign_in: SignIn) -> None:
    keeper = sign_in(cast.keeper)
    keeper.post(f"{ROOT}/close/", area="GM0363")
    assert Meeting.objects.get().area_code == "GM0363"
    assert keeper.post(f"{ROOT}/close/", area="Atlantis").status_code == 404
    fields = {**POLICY, "checked_on": TODAY.isoformat(), "version": "0"}
    assert keeper.post(f"{ROOT}/policy/GM0363/change/", **fields).status_code == 302
    assert Policy.objects.get().state == "adopted"


def test_lists_ask_the_database_little_however_much_there_is(
    cast: Cast, sign_in: SignIn, at_most_queries: QueryLimit
) -> None:
    for code in ("S1a", "S1b", "S2a", "S3a", "S4a"):
        cast.action(barrier=code)
    browser = sign_in(cast.keeper)
    for address in ("", "actions/", "processes/", "processes/SEXMIN/", "processes/SEXMIN/matrix/"):
        with at_most_queries(20):
            assert browser.get(f"{ROOT}/{address}").status_code == 200

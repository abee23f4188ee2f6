"""Of two who change one record at once, the second is told what the first wrote and undoes nothing by chance."""

import html
from uuid import uuid4

import pytest
from tests.barriers.cast import AGREED, POLICY, TODAY, Cast
from tests.people.cast import Browser, Page, colleague
from tests.people.conftest import SignIn

from zicht.barriers.doing import actions
from zicht.barriers.errors import DecidedMeanwhileError, TooMuchError, WrongActionStepError
from zicht.barriers.holding import actions as holding
from zicht.barriers.models import BarrierAction, BarrierEvent, BarrierModel, Finding, Policy
from zicht.barriers.processes.actions import begin_draft, begin_own, publish, remove_step, save_barrier, save_step
from zicht.barriers.processes.content import barriers_of, next_code
from zicht.barriers.processes.queries import codes_taken
from zicht.barriers.processes.rules import MOST_BARRIERS, MOST_STEPS
from zicht.words import Barrier, Label, Step

ROOT = "/en/staff/barriers"
HIDDEN = "Chat\u202eelpmas"  # a sign turns the direction of what follows


def text_of(page: Page) -> str:
    return html.unescape(page.content.decode())


def version_in(page: Page) -> str:
    (box,) = [one for one in page.content.decode().split("<input") if 'name="version"' in one.split(">")[0]]
    return box.split('value="')[1].split('"')[0]


@pytest.fixture
def browsers(cast: Cast, sign_in: SignIn) -> tuple[Browser, Browser]:
    """Give two colleagues who keep the same records."""
    return sign_in(cast.keeper), sign_in(colleague(cast.administrator, "bea", "policy_officer"))


# --- forms ------------------------------------------------------------------------------------------------------------
def test_the_second_of_two_who_change_an_action_sees_what_the_first_wrote_and_may_save_again(
    cast: Cast, browsers: tuple[Browser, Browser]
) -> None:
    action = cast.action()
    address = f"{ROOT}/actions/{action.pk}/change/"
    fields = {**AGREED, "lead_org": str(cast.keeper.org_id)}
    pages = [one.get(address) for one in browsers]
    first, second = ({**fields, "version": version_in(page)} for page in pages)
    assert browsers[0].post(address, **{**first, "what": "Ours: within an hour."}).status_code == 302
    page = browsers[1].post(address, **{**second, "what": "Theirs: within a week."})
    assert "It says now: Ours: within an hour." in text_of(page)
    assert "Theirs: within a week." in text_of(page)
    assert text_of(page).count("It says now") == 2, "once in the summary and once at the field, and at no field else"
    assert BarrierAction.objects.get().what == "Ours: within an hour."
    again = {**second, "what": "Both: within a day.", "version": version_in(page)}
    assert browsers[1].post(address, **again).status_code == 302
    assert BarrierAction.objects.get().what == "Both: within a day."


def test_of_two_who_write_down_the_same_municipality_first_the_second_undoes_nothing(
    cast: Cast, browsers: tuple[Browser, Browser]
) -> None:
    address = f"{ROOT}/policy/GM0363/change/"
    fields = {**POLICY, "checked_on": TODAY.isoformat()}
    versions = [version_in(one.get(address)) for one in browsers]
    assert browsers[0].post(address, **{**fields, "state": "in_use", "version": versions[0]}).status_code == 302
    page = browsers[1].post(address, **{**fields, "source": "Hearsay", "version": versions[1]})
    assert "It says now: Council, file 12" in text_of(page)
    assert "Hearsay" in text_of(page)
    assert (Policy.objects.get().state, Policy.objects.get().source) == ("in_use", "Council, file 12")
    assert browsers[1].post(address, **{**fields, "version": version_in(page)}).status_code == 302
    assert Policy.objects.get().version == 2


def test_the_second_of_two_who_change_a_step_sees_what_the_first_wrote(
    cast: Cast, browsers: tuple[Browser, Browser]
) -> None:
    draft = begin_draft(cast.keeper, "STATELAB")
    address = f"{ROOT}/drafts/{draft.pk}/steps/T1/"
    step = {"nl": "Van de een", "en": "Of one", "partners": ["press"], "version": str(draft.version)}
    assert browsers[0].post(address, **step).status_code == 302
    page = browsers[1].post(address, **{**step, "nl": "Van de ander", "facilitators": "Een | One"})
    assert "It says now: Van de een" in text_of(page)
    assert "Een | One" in text_of(page), "nothing that was typed is lost"
    assert BarrierModel.objects.get(pk=draft.pk).steps.steps["T1"].label.nl == "Van de een"


def test_a_draft_that_somebody_changed_is_not_put_in_use_before_it_was_looked_at(
    cast: Cast, browsers: tuple[Browser, Browser]
) -> None:
    draft = begin_draft(cast.keeper, "STATELAB")
    address = f"{ROOT}/drafts/{draft.pk}/publish/"
    opened = version_in(browsers[1].get(address))
    remove_step(cast.keeper, draft.pk, "T5", draft.version)
    for _again in range(2):
        page = browsers[1].post(address, why="Ours now.", version=opened)
        assert "Somebody else changed this meanwhile. Nothing was saved. Look at it and try again." in text_of(page)
        assert "It says now" not in text_of(page)
        assert "Ours now." in text_of(page), "nothing that was typed is lost"
        assert f'href="{ROOT}/drafts/{draft.pk}/"' in page.content.decode()
        opened = version_in(page)
    assert BarrierModel.objects.get(pk=draft.pk).state == "draft"
    assert browsers[1].post(address, why="Ours.", version=version_in(browsers[1].get(address))).status_code == 302


def test_a_step_that_is_added_to_a_draft_that_somebody_changed_has_nothing_that_stands_there(
    cast: Cast, browsers: tuple[Browser, Browser]
) -> None:
    draft = begin_draft(cast.keeper, "STATELAB")
    address = f"{ROOT}/drafts/{draft.pk}/steps/add/"
    step = {"nl": "Van de een", "en": "Of one", "partners": ["press"], "version": str(draft.version)}
    assert browsers[0].post(address, **step).status_code == 302
    page = browsers[1].post(address, **{**step, "nl": "Van de ander"})
    assert "Somebody else changed this meanwhile." in text_of(page)
    assert "It says now" not in text_of(page)
    assert browsers[1].post(address, **{**step, "version": version_in(page)}).status_code == 302


# --- buttons ----------------------------------------------------------------------------------------------------------
def test_a_button_of_a_page_that_is_old_takes_nothing_further(cast: Cast, browsers: tuple[Browser, Browser]) -> None:
    action = cast.action()
    address = f"{ROOT}/actions/{action.pk}/"
    version = version_in(browsers[1].get(address))
    actions.move_action(cast.keeper, action.pk, "agreed", version=action.version)
    browsers[1].post(f"{address}move/", do="dropped", version=version)
    assert "another state by now" in text_of(browsers[1].get(address))
    assert BarrierAction.objects.get().state == "agreed"
    with pytest.raises(WrongActionStepError):
        actions.move_action(cast.keeper, action.pk, "running", version=action.version)
    for forged in ("", "x", "-1", "9" * 30, "²"):
        assert browsers[1].post(f"{address}move/", do="running", version=forged).status_code == 404


def test_a_button_of_a_draft_that_was_changed_since_does_nothing_but_say_so(
    cast: Cast, browsers: tuple[Browser, Browser]
) -> None:
    draft = begin_draft(cast.keeper, "STATELAB")
    address = f"{ROOT}/drafts/{draft.pk}/"
    for browser in browsers:
        browser.get(address)
    browsers[0].post(f"{address}steps/T1/do/", do="remove", version="1")
    for old in ("steps/T2/do/", "steps/T2/barriers/T2a/remove/", "discard/"):
        browsers[1].post(f"{address}{old}", do="remove", version="1")
        assert "Somebody else changed this meanwhile. Nothing was saved." in text_of(browsers[1].get(address))
    left = BarrierModel.objects.get(pk=draft.pk).steps.steps
    assert "T1" not in left
    assert "T2a" in left["T2"].barriers


def test_of_two_who_decide_about_a_step_the_second_looks_at_the_first_decision(cast: Cast, sign_in: SignIn) -> None:
    cast.make_episode()
    model, address = cast.model, f"{ROOT}/cases/{cast.case.pk}/"
    worker = sign_in(cast.case_worker)
    worker.get(address)
    fields = {"S2-standing": "nothing", "S2-barrier_code": "S2a"}
    worker.post(f"{address}{model.pk}/S2/", **fields, **{"S2-state": "confirmed", "S2-seen": ""})
    worker.post(f"{address}{model.pk}/S2/", **fields, **{"S2-state": "rejected", "S2-seen": ""})
    page = text_of(worker.get(address))
    assert "Somebody else decided about this step" in page
    assert Finding.objects.get().state == "confirmed"
    seen = page.split('name="S2-seen" value="')[1].split('"')[0]
    worker.post(f"{address}{model.pk}/S2/", **fields, **{"S2-state": "rejected", "S2-seen": seen})
    assert Finding.objects.get().state == "rejected"
    with pytest.raises(DecidedMeanwhileError):
        holding.decide(cast.case_worker, cast.case, model, "S2", {"standing": "nothing", "state": "confirmed"}, seen="")


# --- codes, limits and signs ------------------------------------------------------------------------------------------
def test_the_code_of_what_was_taken_out_is_never_given_again(cast: Cast) -> None:
    action = cast.running(TODAY, barrier="S9a")
    draft = begin_draft(cast.keeper, "SEXMIN")
    draft = remove_step(cast.keeper, draft.pk, "S9", draft.version)
    assert next_code(codes_taken(draft), "S") == "S10"
    publish(cast.keeper, draft.pk, "S9 went.", draft.version)
    again = begin_draft(cast.keeper, "SEXMIN")
    assert next_code(codes_taken(again), "S") == "S10"
    assert next_code(codes_taken(again), "S9") not in barriers_of(action.model.steps)


def test_codes_do_not_end_with_the_alphabet() -> None:
    letters = {f"A1{one}" for one in "abcdefghijklmnopqrstuvwxyz"}
    assert next_code(letters, "A1") == "A1aa"
    assert next_code({f"A{n}" for n in range(1, 200)}, "A") == "A200"


def test_a_process_takes_no_more_steps_and_barriers_than_a_meeting_can_look_at(cast: Cast) -> None:
    draft = begin_own(cast.keeper, "HOTELS", Label("Hotels", "Hotels"), ("sexual",))
    name = Label("x", "x")
    for number in range(MOST_STEPS):
        step = Step(f"H{number}", name, ("press",), (), (), (), {})
        draft = save_step(cast.keeper, draft.pk, step, draft.version)
    with pytest.raises(TooMuchError):
        save_step(cast.keeper, draft.pk, Step("H99", name, ("press",), (), (), (), {}), draft.version)
    for number in range(MOST_BARRIERS):
        barrier = Barrier(f"H0{number}", name, "detect", ("press",), name)
        draft = save_barrier(cast.keeper, draft.pk, "H0", barrier, draft.version)
    with pytest.raises(TooMuchError):
        save_barrier(cast.keeper, draft.pk, "H0", Barrier("H0x", name, "detect", ("press",), name), draft.version)


@pytest.mark.parametrize("wrong", [HIDDEN, "x" * 61, "x\x00y", "x\u2066y"])
def test_a_name_that_is_too_long_or_holds_what_nobody_sees_is_refused_at_its_field(
    cast: Cast, browsers: tuple[Browser, Browser], wrong: str
) -> None:
    draft = begin_draft(cast.keeper, "STATELAB")
    step = {"nl": wrong, "en": "New", "partners": ["press"], "version": str(draft.version)}
    page = text_of(browsers[0].post(f"{ROOT}/drafts/{draft.pk}/steps/T1/", **step))
    assert 'id="id_nl_error"' in page
    assert BarrierModel.objects.get(pk=draft.pk).version == draft.version


@pytest.mark.parametrize("field", ["what", "lead_role", "measure"])
@pytest.mark.parametrize("wrong", [HIDDEN, "x" * 20_000])
def test_a_text_of_an_action_that_is_too_long_or_hides_something_is_refused_at_its_field(
    cast: Cast, browsers: tuple[Browser, Browser], field: str, wrong: str
) -> None:
    assert cast.model.state == "published"
    fields = {**AGREED, "lead_org": str(cast.keeper.org_id), "new_id": str(uuid4()), field: wrong}
    page = text_of(browsers[0].post(f"{ROOT}/processes/SEXMIN/actions/add/", **fields))
    assert f'id="id_{field}_error"' in page
    assert not BarrierAction.objects.exists()


def test_what_a_text_says_is_never_markup(cast: Cast, browsers: tuple[Browser, Browser]) -> None:
    cast.action(what="<script>alert(1)</script> {{ 1 }} {% now %}", lead_role='"><b>')
    for address in ("", "actions/", f"actions/{BarrierAction.objects.get().pk}/", "processes/SEXMIN/"):
        page = browsers[0].get(f"{ROOT}/{address}").content.decode()
        assert "<script>alert" not in page
        assert '"><b>' not in page


# --- other organisations ----------------------------------------------------------------------------------------------
def test_nothing_of_another_organisation_is_reached_by_its_key(cast: Cast, sign_in: SignIn) -> None:
    action, draft = cast.action(), begin_draft(cast.keeper, "FORCEDLAB")
    cast.policy()
    cast.make_episode()
    stranger = sign_in(cast.stranger_keeper)
    case = f"cases/{cast.case.pk}/"
    seen = [f"actions/{action.pk}/", f"actions/{action.pk}/change/", f"drafts/{draft.pk}/", case]
    seen += [f"drafts/{draft.pk}/steps/L1/", f"drafts/{draft.pk}/publish/", "processes/SEXMIN/versions/1/"]
    for address in seen:
        assert stranger.get(f"{ROOT}/{address}").status_code == 404, address
    events = BarrierEvent.objects.count()
    for address in (
        f"actions/{action.pk}/move/", f"actions/{action.pk}/change/", f"actions/{action.pk}/evaluate/",
        f"drafts/{draft.pk}/discard/", f"drafts/{draft.pk}/steps/L1/do/", f"{case}{cast.model.pk}/S2/",
        f"{case}{cast.model.pk}/report/",
    ):  # fmt: skip
        sent = {"version": "1", "do": "remove", "code": "x", "S2-state": "confirmed", "S2-standing": "nothing"}
        assert stranger.post(f"{ROOT}/{address}", **sent).status_code == 404, address
    assert BarrierEvent.objects.count() == events
    town = text_of(stranger.get(f"{ROOT}/policy/GM0363/"))
    assert "Council, file 12" not in town
    colleague_of_others = {**AGREED, "lead_org": str(cast.keeper.org_id), "lead_account": str(cast.stranger_keeper.pk)}
    page = sign_in(cast.keeper).post(
        f"{ROOT}/processes/SEXMIN/actions/add/", **colleague_of_others, new_id=str(uuid4())
    )
    assert "Choose among what is offered" in text_of(page)

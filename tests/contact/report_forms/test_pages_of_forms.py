"""A lead makes a version of a form, and nobody can ask in it who a victim is."""

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.contact.cast import Cast
from tests.people.cast import Browser, Page
from tests.people.conftest import SignIn

from zicht.contact.report_forms import actions
from zicht.contact.report_forms.errors import QuestionRefusedError
from zicht.contact.report_forms.models import FormDefinition
from zicht.contact.report_forms.questions import LANGUAGES, Question
from zicht.contact.report_forms.rules import LONGEST_TEXT, MOST_QUESTIONS
from zicht.contact.visitor_page.report_content import form_of
from zicht.people.models import AccessLine

pytestmark = pytest.mark.django_db

FORMS = "/staff/desks/forms/"
DRAFT = f"{FORMS}citizen/2/"
QUESTION = {"kind": "short", "ask_nl": "Wat zag je nog meer?", "ask_en": "What else did you see?"}
GETS = ("", "file/", "citizen/1/", "citizen/2/", "citizen/2/preview/", "citizen/2/questions/")
POSTS = (
    "citizen/draft/",
    "citizen/2/in-use/",
    "citizen/2/drop/",
    "citizen/2/questions/",
    "citizen/2/questions/danger/",
    "citizen/2/questions/danger/move/",
    "citizen/2/questions/danger/remove/",
)


@pytest.fixture
def lead(cast: Cast, sign_in: SignIn) -> Browser:
    """Give a lead with a draft of the form for citizens."""
    cast.desk  # noqa: B018 - it comes into being when it is named
    browser = sign_in(cast.lead)
    assert browser.post(f"{FORMS}citizen/draft/").headers["Location"] == DRAFT
    return browser


def post(lead: Browser, page: str, **fields: Any) -> Page:
    """Press a button of the newest version of the form, as it is now."""
    return lead.post(page, **{"seen": FormDefinition.objects.latest("version").mark, **fields})


def names(version: int = 2) -> list[str]:
    return [one.name for one in FormDefinition.objects.get(version=version).asked]


@pytest.mark.parametrize("who", ["counsellor", "administrator", "stranger", "reporter"])
def test_whoever_leads_no_desk_here_finds_no_draft(who: str, lead: Browser, cast: Cast, sign_in: SignIn) -> None:
    before, browser = names(), sign_in(getattr(cast, who))
    leads_elsewhere = who in ("stranger", "reporter")
    gets = [page for page in GETS if page.startswith("citizen/2") or not leads_elsewhere]
    posts = [page for page in POSTS if page.startswith("citizen/2") or who != "stranger"]
    assert {browser.get(f"{FORMS}{page}").status_code for page in gets} == {404}
    assert {browser.post(f"{FORMS}{page}").status_code for page in posts} == {404}
    if who == "reporter":  # a news desk has a form for its sources and none for citizens
        assert browser.get(f"{FORMS}source/1/").status_code == 200
    assert (FormDefinition.objects.get().state, names()) == ("draft", before)


def test_a_version_goes_from_draft_to_in_use_to_retired_and_changes_no_more(lead: Browser, cast: Cast) -> None:
    post(lead, f"{DRAFT}questions/", **QUESTION)
    post(lead, f"{DRAFT}in-use/")
    post(lead, f"{DRAFT}questions/danger/remove/")
    assert names()[-1] == "q1"
    assert "danger" in names()
    lead.post(f"{FORMS}citizen/draft/")
    lead.post(f"{FORMS}citizen/draft/")  # there is one already
    post(lead, f"{FORMS}citizen/3/in-use/")
    states = dict(FormDefinition.objects.values_list("version", "state"))
    assert states == {2: "retired", 3: "in_use"}
    lead.post(f"{FORMS}citizen/draft/")
    post(lead, f"{FORMS}citizen/4/drop/")
    lead.post(f"{FORMS}citizen/draft/")
    assert sorted(FormDefinition.objects.values_list("version", flat=True)) == [2, 3, 4, 5]
    assert AccessLine.objects.filter(account=cast.lead, subject="form_definition", verb="changed").count() == 8


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"ask_nl": "Wat is de naam van het slachtoffer?"}, "ask_nl"),
    ({"ask_en": "Which phone number does she have?"}, "ask_nl"),
    ({"help_nl": "Schrijf het adres erbij.", "help_en": "Also where it is."}, "ask_nl"),
    ({"kind": "one", "options": "a | Alleen | Only"}, "options"),
    ({"kind": "one", "options": "zonder streep"}, "options"),
    ({"kind": "one", "options": "nope | Nee | No\nsexual | Ja | Yes", "field": "exploitation.forms"}, "options"),
    ({"only_if": ["danger=yes", "basis=seen"]}, "only_if"),
    ({"ask_en": ""}, "ask_en"),
    ({"field": "contact.summary"}, "field"),
    ({"field": "signal.place_code"}, "field"),
    ({"ask_nl": "a" * 301}, "ask_nl"),
    ({"kind": "one", "options": "a | Alfa | Alpha\na | Beta | Beta"}, "options"),
    ({"kind": "one", "options": "a | Alfa\nb | Beta"}, "options"),
]


def test_a_question_that_must_not_be_asked_is_refused_beside_its_field(lead: Browser) -> None:
    before = names()
    for change, field in REFUSED:
        page = post(lead, f"{DRAFT}questions/", **{**QUESTION, **change}).content.decode()
        assert f'id="id_{field}_error"' in page, change
    assert names() == before


def test_what_is_wrong_with_no_field_is_said_above_the_form_with_everything_that_was_filled_in(lead: Browser) -> None:
    before = names()
    for change in (
        {"help_nl": "Alleen hier"},
        {"help_nl": "Zwart\u202eop wit", "help_en": "Black"},
        {"kind": "one", "options": "\n".join(f"c{place} | {'é' * 150} | {'é' * 150}" for place in range(30))},
    ):
        page = post(lead, f"{DRAFT}questions/", **{**QUESTION, **change}).content.decode()
        assert 'role="alert"' in page, change
        assert "What else did you see?" in page, change
    assert names() == before


def test_what_another_question_waits_for_is_not_taken_away_and_that_one_is_named(lead: Browser) -> None:
    choices = "a | Alfa | Alpha\nb | Beta | Beta"
    post(lead, f"{DRAFT}questions/", **{**QUESTION, "kind": "one", "options": choices})
    post(lead, f"{DRAFT}questions/", **{**QUESTION, "ask_nl": "Wie van hen?"}, only_if=["q1=a"])
    changed = {**QUESTION, "kind": "one", "options": "b | Beta | Beta\nc | Gamma | Gamma"}
    page = post(lead, f"{DRAFT}questions/q1/", **changed).content.decode()
    assert "“Wie van hen?”" in page
    assert 'id="id_only_if_error"' not in page
    assert FormDefinition.objects.get().asked[-2].codes == ("a", "b")


def test_code_in_a_question_is_shown_as_the_text_it_is(lead: Browser) -> None:
    code = "<script>alert(1)</script>"
    options = f"a | {code} | {code}\nb | Beta | Beta"
    post(
        lead, f"{DRAFT}questions/", kind="one", ask_nl=code, ask_en=code, topic_nl=code, topic_en=code, options=options
    )
    post(lead, f"{DRAFT}questions/", **QUESTION, only_if=["q1=a"])
    assert names()[-2:] == ["q1", "q2"]
    for page in ("", "questions/q1/", "questions/q2/", "preview/"):
        shown = lead.get(f"{DRAFT}{page}").content.decode()
        assert "alert(1)" in shown, page
        assert code not in shown, page


def test_of_two_who_change_a_form_at_once_the_second_is_told_and_loses_nothing(lead: Browser) -> None:
    seen = FormDefinition.objects.get().mark
    post(lead, f"{DRAFT}questions/", **{**QUESTION, "ask_nl": "Wie zag je?"})
    refused = lead.post(f"{DRAFT}questions/", **QUESTION, seen=seen).content.decode()
    assert "What else did you see?" in refused
    for button in ("in-use/", "drop/", "questions/danger/remove/", "questions/q1/move/"):
        lead.post(f"{DRAFT}{button}", seen=seen, to="up")
    assert (names()[-1], names().count("danger")) == ("q1", 1)
    assert FormDefinition.objects.get().state == "draft"
    post(lead, f"{DRAFT}questions/", **QUESTION)  # the page that refused knows the form as it is now
    assert names()[-2:] == ["q1", "q2"]
    post(lead, f"{DRAFT}questions/q2/remove/")
    kept = post(lead, f"{DRAFT}questions/q2/", **{**QUESTION, "ask_en": "And what else?"}).content.decode()
    assert "And what else?" in kept
    assert f'action="{DRAFT}questions/"' in kept


def test_a_version_can_be_made_of_every_form_however_long_it_becomes(cast: Cast) -> None:
    longest = Question("q1", "long", dict.fromkeys(LANGUAGES, "a" * LONGEST_TEXT), dict.fromkeys(LANGUAGES, "b" * 300))
    for by, audience in ((cast.lead, "citizen"), (cast.lead, "professional"), (cast.reporter, "source")):
        draft = actions.begin_draft(by, audience)
        more = [replace(longest, name=f"q{number}") for number in range(2, MOST_QUESTIONS - len(draft.asked) + 1)]
        draft.asked = (*draft.asked, *more)
        draft.save()
        actions.keep_question(by, draft, longest, draft.mark)
        draft.refresh_from_db()
        assert len(draft.asked) == MOST_QUESTIONS
        assert actions.put_in_use(by, draft, draft.mark).state == "in_use"
        with pytest.raises(QuestionRefusedError):
            actions.keep_question(by, actions.begin_draft(by, audience), longest, draft.mark)


def test_a_name_of_a_question_is_never_given_to_another(lead: Browser) -> None:
    post(lead, f"{DRAFT}questions/", **QUESTION)
    post(lead, f"{DRAFT}in-use/")
    lead.post(f"{FORMS}citizen/draft/")
    post(lead, f"{FORMS}citizen/3/questions/q1/remove/")
    post(lead, f"{FORMS}citizen/3/questions/", **QUESTION)
    assert names(3)[-1] == "q2"


def test_questions_move_and_stay_where_a_condition_needs_them(lead: Browser) -> None:
    post(lead, f"{DRAFT}questions/", **QUESTION, only_if=["danger=yes"])
    post(lead, f"{DRAFT}questions/q1/move/", to="up")
    assert names()[-2:] == ["q1", "more"]
    post(lead, f"{DRAFT}questions/danger/remove/")
    assert "“Wat zag je nog meer?”" in lead.get(DRAFT).content.decode()  # which is why it stays
    post(lead, f"{DRAFT}questions/basis/move/", to="down")  # behind what waits for it
    assert names()[0] == "danger"
    assert names().index("basis") < names().index("seen_on")
    changed = {**QUESTION, "kind": "one", "options": "a | Alfa | Alpha\nb | Beta | Beta"}
    post(lead, f"{DRAFT}questions/q1/", **changed)
    kept = FormDefinition.objects.get().asked[-2]
    assert (kept.kind, kept.codes, kept.only_if) == ("one", ("a", "b"), None)
    assert "Alfa" in lead.get(DRAFT).content.decode()


def test_the_file_for_the_signed_page_holds_the_version_in_use(lead: Browser) -> None:
    post(lead, f"{DRAFT}questions/", **QUESTION)
    before, after = lead.get(f"{FORMS}file/"), post(lead, f"{DRAFT}in-use/")
    assert after.status_code == 302
    versions = [
        {form.audience: form.version for form in map(form_of, json.loads(page.content)["forms"])}
        for page in (before, lead.get(f"{FORMS}file/"))
    ]
    assert versions == [{"citizen": 1, "professional": 1}, {"citizen": 2, "professional": 1}]
    assert "preview.js" in lead.get(f"{DRAFT}preview/").content.decode()

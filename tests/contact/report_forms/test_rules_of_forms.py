"""Conditions have no cycles, what is shown follows from them, and a question never asks who a victim is."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contact.vectors.make_report_forms import TODAY, make

from zicht import words
from zicht.contact.report_forms import rules
from zicht.contact.report_forms.forms import FIELDS
from zicht.contact.report_forms.identifying import asks_who_somebody_is
from zicht.contact.report_forms.questions import (
    Condition,
    NotAQuestionError,
    Option,
    Question,
    read_question,
    read_questions,
    write_question,
)
from zicht.contact.report_forms.rules import Finding, Wrong, findings_of, is_identifying, shown
from zicht.contact.report_forms.shipped import SHIPPED, shipped_forms
from zicht.contact.sealing.errors import FormatError
from zicht.contact.sealing.messages import Inner, read_inner, write_inner
from zicht.contact.sealing.secret_keys import FROM_VISITOR

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "report_forms.json").read_text(encoding="utf-8")
)
WORDS = {"nl": "Wat zag je?", "en": "What did you see?"}
OPTIONS = tuple(Option(code, WORDS) for code in ("a", "b", "c"))


def one(name: str, *, only_if: Condition | None = None, kind: str = "one", **more: Any) -> Question:
    options = OPTIONS if kind in ("one", "several") else ()
    return Question(name, kind, WORDS, **{"only_if": only_if, "options": options, **more})


@st.composite
def forms_with_answers(draw: st.DrawFn) -> tuple[list[Question], dict[str, list[str]]]:
    """Draw questions whose conditions name earlier ones, and answers to them."""
    names = [f"q{number}" for number in range(draw(st.integers(1, 8)))]
    codes = st.lists(st.sampled_from("abc"), unique=True, min_size=1)
    questions = []
    for place, name in enumerate(names):
        earlier = st.none() if place == 0 else st.one_of(st.none(), st.sampled_from(names[:place]))
        other = draw(earlier)
        condition = Condition(other, frozenset(draw(codes))) if other else None
        questions.append(one(name, kind="several", only_if=condition))
    answers = {name: draw(st.lists(st.sampled_from("abc"), unique=True)) for name in names}
    return questions, answers


def is_shown_slowly(name: str, questions: list[Question], answers: dict[str, list[str]]) -> bool:
    """Follow the conditions of one question up to one that has none."""
    question = next(each for each in questions if each.name == name)
    if question.only_if is None:
        return True
    chosen = question.only_if.codes.intersection(answers[question.only_if.question])
    return bool(chosen) and is_shown_slowly(question.only_if.question, questions, answers)


@settings(deadline=None, max_examples=40)
@given(forms_with_answers())
def test_a_question_is_shown_exactly_when_every_answer_above_it_asks_for_it(
    drawn: tuple[list[Question], dict[str, list[str]]],
) -> None:
    questions, answers = drawn
    assert findings_of(questions) == []
    wanted = [each.name for each in questions if is_shown_slowly(each.name, questions, answers)]
    assert shown(questions, answers) == wanted
    assert read_questions([write_question(each) for each in questions]) == tuple(questions)


@settings(deadline=None, max_examples=40)
@given(st.permutations(list(range(5))), st.data())
def test_questions_that_wait_for_each_other_or_for_a_later_one_are_found(order: list[int], data: st.DataObject) -> None:
    chain = [one("q0")] + [
        one(f"q{number}", only_if=Condition(f"q{number - 1}", frozenset("a"))) for number in range(1, 5)
    ]
    moved = [chain[place] for place in order]
    late = {f"q{number}" for number in range(1, 5) if order.index(number) < order.index(number - 1)}
    assert {finding.question for finding in findings_of(moved)} == late
    ring = data.draw(st.integers(0, 4))
    chain[0] = one("q0", only_if=Condition(f"q{ring}", frozenset("a")))
    assert Finding("q0", Wrong.CONDITION) in findings_of(chain)


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        (one("q", only_if=Condition("first", frozenset("z"))), Wrong.CONDITION),
        (one("q", only_if=Condition("text", frozenset("a"))), Wrong.CONDITION),
        (one("first"), Wrong.NAME),
        (Question("q", "short", {"nl": "Wat zag je?"}), Wrong.WORDS),
        (Question("q", "one", WORDS), Wrong.OPTIONS),
        (Question("q", "one", WORDS, options=OPTIONS[:1] * 2), Wrong.OPTIONS),
        (Question("q", "short", WORDS, options=OPTIONS), Wrong.OPTIONS),
        (one("q", field="person.nothing"), Wrong.FIELD),
        (one("q", field="nothing.at_all"), Wrong.FIELD),
        (one("q", kind="short", field="contact.summary"), Wrong.FIELD),
        (one("q", kind="short", field="person.match_key"), Wrong.FIELD),
        (one("q", field="exploitation.forms"), Wrong.CODES),
        (one("q", kind="yes_no", field="exploitation.forms"), Wrong.CODES),
        (one("q", kind="short", field="exploitation.forms"), Wrong.KIND),
        (one("q", kind="short", field="signal.place_code"), Wrong.KIND),
        (one("q", field="signal.observed_on"), Wrong.KIND),
        (one("q", help={"nl": "Zwart\u202eop wit", "en": "Black"}), Wrong.SIGNS),
        (one("q", topic={"nl": "Over\u200bhaar", "en": "About her"}), Wrong.SIGNS),
        (one("q", topic={"nl": "Over hаar", "en": "About her"}), Wrong.SIGNS),  # noqa: RUF001 - one a is Cyrillic
        (one("q", options=(*OPTIONS, Option("d", {"nl": "\x07", "en": "d"}))), Wrong.SIGNS),
        (one("q", topic={"nl": "Naam en geboortedag", "en": "About her"}), Wrong.IDENTITY),
        (one("q", help={"nl": "a" * 301, "en": "a"}), Wrong.LONG),
        (one("q", options=(*OPTIONS, Option("d", {"nl": "d" * 151, "en": "d"}))), Wrong.LONG),
        (
            one("q", options=tuple(Option(f"c{place}", {"nl": "é" * 150, "en": "é" * 150}) for place in range(30))),
            Wrong.LONG,
        ),
    ],
)
def test_what_is_wrong_with_a_question_is_named(question: Question, wrong: Wrong) -> None:
    before = [one("first"), one("text", kind="short")]
    assert findings_of([*before, question]) == [Finding(question.name, wrong)]


def test_a_form_has_neither_none_nor_too_many_questions() -> None:
    assert findings_of([]) == [Finding("", Wrong.MANY)]
    assert findings_of([one(f"q{number}") for number in range(41)]) == [Finding("", Wrong.MANY)]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_forms_that_come_with_zicht_ask_nothing_they_must_not(name: str) -> None:
    form = shipped_forms()[name]
    assert findings_of(form.questions) == []
    assert form.audience in words.vocabulary().lists["form_audience"].codes
    assert {one.field for one in form.questions if one.field} <= set(FIELDS)


def test_a_field_that_says_who_somebody_is_can_never_be_filled_by_a_report() -> None:
    vocabulary = words.vocabulary()
    fields = [f"{entity}.{name}" for entity, each in vocabulary.entities.items() for name in each.fields]
    hidden = [name for name in fields if is_identifying(name)]
    assert {"contact.summary", "person.match_key", "person.person_id", "signal.note"} <= set(hidden)
    assert not set(FIELDS) & set(hidden)


@pytest.mark.parametrize(
    "ask",
    [
        "Hoe heet zij?", "Wat is de naam van het slachtoffer?", "NÁÁM?", "Weet je een achternaam of bijnaam?",
        "Wanneer is hij geboren?", "Geboortedatum", "Wat is haar woonadres?", "Waar woont de persoon?",
        "Postcode en huisnummer",
        "Telefoonnummer?", "06-nummer", "Wat is het V-nummer?", "BSN", "Op welk rekeningnummer kwam het geld?",
        "Welk kenteken had de auto?", "Welke accounts gebruikt zij?", "E-mail van het slachtoffer",
        "Profiel op Instagram",
        "What is her name?", "What is he called?", "Date of birth", "When was she born?", "Her home address",
        "Where does she live?",
        "N-A-A-M", "n a a m", "Geb.datum", "geb. datum", "Telefoonnr", "Hoe wordt zij genoemd?", "Wie is zij?",
        "D.O.B.", "Who is the girl?", "What do people call her?", "Personal details", "\uff4e\uff41\uff41\uff4d",
        "Wanneer is zij jarig?",
        "Phone number", "Passport number of the victim", "Which Instagram account?", "Username",
    ],
)  # fmt: skip
def test_a_question_for_who_a_victim_is_is_recognised(ask: str) -> None:
    assert asks_who_somebody_is({"nl": ask})


@pytest.mark.parametrize(
    "ask",
    [
        "Waar gaat het over?", "Hoe oud is die persoon, denk je?", "In welke gemeente is het?",
        "Hoeveel mensen zijn er?",
        "Wat voor plek is het?", "Hoe ken je die persoon?", "Wat werd er met name gezegd?", "Is er een opname?",
        "What is the number of people you saw?", "How many are there?", "What kind of place is it?",
        "Is there danger now?",
        "Is zij minderjarig?", "Wie is er bij haar?", "Who is with her?", "Heeft een ander haar identiteitskaart?",
        "Who keeps the identity card?", "Mag zij haar telefoon gebruiken?", "Welke taal hoorde je: Українська, polski?",
        "How old is the person?", "What did you take into account?",
    ],
)  # fmt: skip
def test_a_question_for_what_was_seen_may_be_asked(ask: str) -> None:
    assert not asks_who_somebody_is({"nl": ask}, {"nl": "Schrijf geen namen of adressen.", "en": "Write no names."})


def test_help_that_asks_for_it_after_all_is_recognised() -> None:
    assert asks_who_somebody_is({"nl": "Vertel"}, {"nl": "Noem ook de achternaam. Geen zorgen."})


@pytest.mark.parametrize(
    "found",
    [
        None, [], "text", {}, {"name": "a"}, {"name": "constructor", "kind": "short", "ask": WORDS},
        {"name": "__proto__", "kind": "short", "ask": WORDS}, {"name": "a b", "kind": "short", "ask": WORDS},
        {"name": "a", "kind": "one", "ask": WORDS, "options": [{"code": "a b", "label": WORDS}]},
        {"name": "a", "kind": "file", "ask": WORDS},
        {"name": "a", "kind": "one", "ask": "text"}, {"name": "a", "kind": "one", "ask": WORDS, "more": 1},
        {"name": "a", "kind": "one", "ask": WORDS, "options": [{"code": 1, "label": WORDS}]},
        {"name": "a", "kind": "one", "ask": WORDS, "only_if": {"question": "b"}},
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused(found: object) -> None:
    with pytest.raises(NotAQuestionError):
        read_question(found)


def test_the_known_answers_are_what_the_rules_give() -> None:
    assert json.loads(json.dumps(make())) == VECTORS
    for form in VECTORS["forms"]:
        questions = read_questions(form["questions"])
        for case in form["cases"]:
            assert shown(questions, case["answers"]) == case["shown"]
            found = rules.faults(questions, case["answers"], TODAY)
            assert {name: str(fault) for name, fault in found.items()} == case["faults"]


def test_a_report_is_sealed_in_its_form_and_in_no_other() -> None:
    ack = bytes(32)
    for body in VECTORS["report"]["bodies"]:
        content = write_inner(Inner("report", body, ack), FROM_VISITOR)
        assert read_inner(content, FROM_VISITOR).body == body
    for body in VECTORS["refused"]:
        with pytest.raises(FormatError):
            write_inner(Inner("report", body, ack), FROM_VISITOR)

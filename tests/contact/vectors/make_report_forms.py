"""Make known answers of the rules of forms; run as a script it writes report_forms.json beside it.

The Python rules are written down once and looked at by a person; both sides are held to the file from then on.
"""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zicht.contact.report_forms import rules
from zicht.contact.report_forms.questions import Question, read_questions
from zicht.contact.report_forms.shipped import shipped_forms
from zicht.contact.report_forms.writing import write_report
from zicht.contact.visitor_page.report_content import form_for_script, question_for_script

FILE = Path(__file__).parent / "report_forms.json"
TODAY = dt.date(2026, 11, 27)


def question(name: str, kind: str, **more: Any) -> dict[str, Any]:
    """Give a question as somebody would write it."""
    choices = [{"code": code, "label": {"nl": code, "en": code}} for code in ("a", "b", "c")]
    options = choices if kind in ("one", "several") else []
    return {"name": name, "kind": kind, "ask": {"nl": name, "en": name}, "options": options, **more}


def after(name: str, *codes: str) -> dict[str, Any]:
    """Give a condition."""
    return {"only_if": {"question": name, "codes": list(codes)}}


CHAIN = [
    question("first", "one", needed=True, topic={"nl": "Een", "en": "One"}),
    question("second", "several", **after("first", "a", "b")),
    question("third", "yes_no", needed=True, **after("second", "c")),
    question("day", "date", topic={"nl": "Twee", "en": "Two"}),
    question("why", "short", needed=True, **after("third", "yes", "unknown")),
    question("place", "municipality"),
    question("story", "long", topic={"nl": "Drie", "en": "Three"}, **after("first", "c")),
]
CHAIN_ANSWERS: list[dict[str, list[str]]] = [
    {},
    {"first": ["a"]},
    {"first": ["a"], "second": ["c"], "third": ["yes"], "why": ["because"]},
    {"first": ["a"], "second": ["b", "c"], "third": ["unknown"], "why": ["  "]},
    # What was answered before a condition fell away counts for nothing.
    {"first": ["c"], "second": ["c"], "third": ["yes"], "why": ["x"], "story": ["it goes on"]},
    {"first": ["a", "b"], "second": ["a", "x"]},
    {"first": ["z"]},
    {"first": ["b"], "day": ["2026-11-27"], "place": ["GM0363"]},
    {"first": ["b"], "day": ["2026-11-28"], "place": ["Amsterdam"]},
    {"first": ["b"], "day": ["2026-04-31"], "place": ["GM0363", "GM0014"]},
    {"first": ["b"], "day": ["2024-02-29"], "place": ["GM363"]},
    {"first": ["b"], "day": ["2023-02-29"]},
    {"first": ["b"], "day": ["0000-01-01"]},
    {"first": ["b"], "day": ["27-11-2026"]},
    {"first": ["a"], "second": ["c"], "third": ["yes"], "why": ["x" * 200]},
    {"first": ["a"], "second": ["c"], "third": ["yes"], "why": ["x" * 201]},
    {"first": ["c"], "story": ["é" * 2000]},
    {"first": ["c"], "story": ["é" * 2001]},
    {"first": ["c"], "story": ["😀" * 1000]},
    {"first": ["c"], "story": ["😀" * 1001]},
]
OF_SHIPPED = {
    "citizen": [
        {},
        {"danger": ["no"], "forms": ["labour"], "basis": ["own_words"]},
        {"basis": ["seen"], "danger": ["x"]},
    ],
    "professional": [{"talked": ["yes"], "code": ["yes"]}, {"talked": ["no"], "code": ["unknown"]}],
    "source": [{"subject": ["x" * 201], "basis": ["told"]}],
}


LONG_ANSWERS = {
    "danger": ["yes"],
    "forms": ["labour", "sexual"],
    "basis": ["seen"],
    "seen_on": ["2026-11-20"],
    "municipality": ["GM0363"],
    "place": ["  é" + "\x01" * 1997],  # six bytes each where it is sealed
    "more": ['"regel 1"\nregel 2 مرحبا ' + "é" * 1900],
}
BODY = {"form": "f", "version": 1, "audience": "citizen", "part": 1, "parts": 1, "answers": []}
ANSWER = {"q": "a", "ask": {"nl": "A"}, "codes": ["x"], "said": [{"nl": "X"}], "text": "", "field": ""}
REFUSED: list[dict[str, Any]] = [
    {**BODY, "more": 1},
    {**BODY, "part": 0},
    {**BODY, "part": 2},
    {**BODY, "version": "1"},
    {**BODY, "form": None},
    {**BODY, "answers": {}},
    {**BODY, "answers": ["a"]},
    {**BODY, "answers": [{**ANSWER, "said": []}]},
    {**BODY, "answers": [{**ANSWER, "codes": [1]}]},
    {**BODY, "answers": [{**ANSWER, "text": 1}]},
    {**BODY, "answers": [{**ANSWER, "ask": ["A"]}]},
    {**BODY, "answers": [{**ANSWER, "said": [{"nl": {"x": "y"}}]}]},
    {key: value for key, value in BODY.items() if key != "parts"},
]


def make() -> dict[str, Any]:
    """Give forms with what their rules say, a report as it is sealed, and bodies that nobody may take."""
    form = shipped_forms()["citizen"]
    return {
        "today": TODAY.isoformat(),
        "forms": make_forms(),
        "report": {
            "form": form_for_script(form),
            "answers": LONG_ANSWERS,
            "bodies": write_report(form, LONG_ANSWERS),
        },
        "refused": REFUSED,
    }


def make_forms() -> list[dict[str, Any]]:
    """Give each form with answers, and what must come out."""
    forms = {"chain": (read_questions(CHAIN), CHAIN_ANSWERS)} | {
        name: (shipped_forms()[name].questions, given) for name, given in OF_SHIPPED.items()
    }
    return [
        {"form": name, "questions": [question_for_script(one) for one in asked], "cases": cases(asked, given)}
        for name, (asked, given) in forms.items()
    ]


def cases(questions: Sequence[Question], given: list[dict[str, list[str]]]) -> list[dict[str, Any]]:
    """Give what comes out for each of some answers."""
    return [
        {
            "answers": answers,
            "shown": rules.shown(questions, answers),
            "faults": {name: str(fault) for name, fault in rules.faults(questions, answers, TODAY).items()},
        }
        for answers in given
    ]


if __name__ == "__main__":
    FILE.write_text(json.dumps(make(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

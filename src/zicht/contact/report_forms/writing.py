"""Write a report as it is sealed: the answers with the words that were asked and chosen, so that it needs no form.

The page does it with static/contact/report/written_report.js; here it is for the demo and for tests.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from zicht import words
from zicht.contact.report_forms.questions import CODED, LANGUAGES, Question
from zicht.contact.report_forms.rules import Answers, shown
from zicht.contact.report_forms.shipped import Form
from zicht.contact.sealing.parts import canonical

ROOM = 15_000  # bytes of one message: the largest bucket has 16,384, with what stands beside the answers


def write_report(form: Form, answers: Answers) -> list[dict[str, Any]]:
    """Give the bodies of the messages of a report; long answers go over several."""
    asked = set(shown(form.questions, answers))
    written = [
        _write_answer(one, given)
        for one in form.questions
        if one.name in asked and (given := [text.strip() for text in answers.get(one.name, ()) if text.strip()])
    ]
    parts = _in_parts(written)
    head = {"form": str(form.form_id), "version": form.version, "audience": form.audience}
    return [{**head, "part": place, "parts": len(parts), "answers": some} for place, some in enumerate(parts, 1)]


def _write_answer(question: Question, given: Sequence[str]) -> dict[str, Any]:
    head = {"q": question.name, "ask": dict(question.ask), "field": question.field}
    if question.kind in CODED:
        chosen = [one for one in question.choices if one.code in given]
        return {**head, "codes": [one.code for one in chosen], "said": [dict(one.label) for one in chosen], "text": ""}
    if question.kind == "municipality":
        return {**head, "codes": [given[0]], "said": [_name_of_place(given[0])], "text": ""}
    return {**head, "codes": [], "said": [], "text": "\n".join(given)}


def _name_of_place(code: str) -> dict[str, str]:
    found = words.municipalities().get(code)
    return dict.fromkeys(LANGUAGES, found.name if found else code)


def _in_parts(answers: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Share answers out over as few messages as they fit into."""
    parts: list[list[Mapping[str, Any]]] = [[]]
    length = 0
    for answer in answers:
        more = len(canonical(dict(answer)))
        if length + more > ROOM:
            parts.append([])
            length = 0
        parts[-1].append(answer)
        length += more
    return parts

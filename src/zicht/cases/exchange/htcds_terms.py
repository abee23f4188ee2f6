"""Which of our terms is which value of HTCDS, both ways, read from the words.

Source: Human Trafficking Case Data Standard (HTCDS) 2.0, International Organization for Migration (IOM), CC BY 4.0.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from zicht import words

STANDARD = re.compile(r"HTCDS:(\w+)(?: \((\w[\w ]*)\))?")  # in brackets: broader, or where only the value is found
# Several of our terms map to these values, and one of them means all that the value means.
SAME_MEANING = {
    ("recruitment_channel", "ThroughOnlineSocialNetworks"): "social_media",
    ("recruitment_channel", "Other"): "other",
}
# HTCDS has one value for what our missing values keep apart.
MISSING = {"gender": {"unknown": "NonSpecifiedUnknown", "declined": "NonSpecifiedUnknown"}}
# The definitions file has flags, and names some methods of control otherwise than the survey form has them.
FLAG_PREFIX = "MethodsOfControl"
FLAGS = {
    "PhysicalThreats": "Threats",
    "ThreatensChildrenFamily": "Threats",
    "ThreatsLawEnforcement": "ThreatOfLawEnforcement",
    "PsychoactiveSubstance": "PsychoactiveSubstances",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """Hold for one list: our term -> value of HTCDS, and value -> our term, or none where it stands for several."""

    out: Mapping[str, str]
    back: Mapping[str, str | None]
    composite: frozenset[str]  # values that stand for several of our terms, of which none may be chosen

    def comes_back(self, code: str) -> bool:
        """Tell whether a term is the same after going out and coming back."""
        return self.back.get(self.out.get(code, "")) == code


@cache
def terms_of(list_name: str) -> Terms:
    """Give the terms of a list of ours that HTCDS has values for."""
    out, exact = {}, defaultdict(list)
    for code in words.vocabulary().lists[list_name].codes.values():
        if found := _standard(list_name, code):
            value, is_exact = found
            out[code.code] = value
            if is_exact:
                exact[value].append(code.code)
    back: dict[str, str | None] = dict.fromkeys(_values(list_name))
    back |= {value: _the_one(list_name, value, codes) for value, codes in exact.items()}
    if list_name == "means":
        back |= _of_flags(back)
    composite = {value for value, codes in exact.items() if back[value] is None} | {"Threats"} & back.keys()
    return Terms(out | MISSING.get(list_name, {}), back, frozenset(composite))


def _of_flags(back: Mapping[str, str | None]) -> Iterator[tuple[str, str | None]]:
    """Give our terms for the flags that one value of the survey form is meant by; Threats are two of them."""
    meant = Counter(FLAGS.values())
    return ((flag, back[value]) for value, flag in FLAGS.items() if meant[flag] == 1)


@cache
def has_values(list_name: str) -> bool:
    """Tell whether HTCDS has values of its own for a list of ours."""
    return list_name in words.vocabulary().outside.htcds_values


def _standard(list_name: str, code: words.Code) -> tuple[str, bool] | None:
    groups = words.vocabulary().lists[list_name].attributes.get("group_std")
    if isinstance(groups, Mapping):  # relations are mapped by groups, each of which stands for several
        return str(groups[code.text("group")]).removeprefix("HTCDS:"), True
    found = STANDARD.search(code.text("std"))
    return (found[1], found[2] != "broader") if found else None


def _values(list_name: str) -> frozenset[str]:
    outside = words.vocabulary().outside
    return outside.htcds_values[list_name] | outside.htcds_definitions.get(list_name, frozenset())


def _the_one(list_name: str, value: str, codes: list[str]) -> str | None:
    return codes[0] if len(codes) == 1 else SAME_MEANING.get((list_name, value))

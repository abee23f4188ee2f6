"""What a screening found about one name, in the form in which it is sealed, shown and printed."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Self

from zicht.evidence.models import SanctionsList
from zicht.evidence.screening.lists import ready
from zicht.linkage.scores import Reason
from zicht.linkage.screening import THRESHOLD, Asked, Candidate
from zicht.reading.lists.entries import Entry

MOST_NAMES = 30  # of an entry that are shown


@dataclass(frozen=True, slots=True)
class Finding:
    """An entry of a list that may be who was asked about; scores are between 0 and 1."""

    asked: str
    which: str
    number: int
    key: str
    kind: str
    name: str
    quality: str
    score: float
    letters: float
    same_imo: bool
    reasons: tuple[tuple[str, str, str], ...]
    names: tuple[str, ...]
    imo: str
    programmes: tuple[str, ...]
    countries: tuple[str, ...]
    listed_on: str
    print: str

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `to_json` gave."""
        told = json.loads(text)
        lists = {name: tuple(told[name]) for name in ("names", "programmes", "countries")}
        return cls(
            **{**told, **lists, "reasons": tuple((code, ours, theirs) for code, ours, theirs in told["reasons"])}
        )

    def to_json(self) -> str:
        """Give it as text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def described(self) -> dict[str, Any]:
        """Give what `zicht screen --json` prints."""
        told = asdict(self)
        told["reasons"] = [{"code": code, "ours": ours, "theirs": theirs} for code, ours, theirs in self.reasons]
        return told


def find(asked: Asked, versions: Iterable[SanctionsList], threshold: float = THRESHOLD) -> list[Finding]:
    """Give everybody on the lists who may be the one that is asked about, the most alike first."""
    found = [
        _finding(asked, version, ready(version.pk).entries[one.place], one)
        for version in versions
        for one in ready(version.pk).screener.screen(asked, threshold)
    ]
    return sorted(found, key=lambda one: (-one.score, -one.letters))


def fingerprint(entry: Entry) -> str:
    """Tell one state of an entry from the next, so that somebody looks again when it was changed."""
    told = json.dumps(asdict(entry), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _finding(asked: Asked, version: SanctionsList, entry: Entry, one: Candidate) -> Finding:
    return Finding(
        asked=asked.name,
        which=version.which,
        number=version.number,
        key=entry.key,
        kind=entry.kind,
        name=one.name,
        quality=one.quality,
        score=round(one.score, 4),
        letters=round(one.letters, 4),
        same_imo=one.same_imo,
        reasons=tuple(map(_plain, one.reasons)),
        names=tuple(name.text for name in entry.names[:MOST_NAMES]),
        imo=entry.imo,
        programmes=entry.programmes,
        countries=entry.countries,
        listed_on=entry.listed_on,
        print=fingerprint(entry),
    )


def _plain(reason: Reason) -> tuple[str, str, str]:
    return reason.code, reason.ours, reason.theirs

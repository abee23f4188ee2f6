"""Say how the figures are made: the rules, in sentences, and the terms that stand along the tables."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from zicht import words
from zicht.figures.register.enough import LEAST_BASE
from zicht.figures.register.releases import Release
from zicht.people.code_fields import language
from zicht.words import Label


def rules_of(release: Release) -> Iterator[tuple[str, str]]:
    """Give each rule with what it is about."""
    values = {"least": release.least, "base": LEAST_BASE, "version": release.version}
    yield (
        _("What is counted"),
        _(
            "Every figure names its counting unit. A visitor, a person, a case, a report and a stay are different "
            "things: figures of two units are never added up, and nobody can be found in both."
        ),
    )
    yield (
        _("Possible victims"),
        _("A person is a possible victim until somebody with the authority to do so decided otherwise."),
    )
    yield (
        _("Once"),
        _(
            "Records that somebody confirmed to be one person count as one person, in the year of the first. Records "
            "that nobody compared can still be of one person."
        ),
    )
    yield (
        _("Not counted"),
        _(
            "Persons who said no to use in statistics or had the use of their data limited, and everything a news desk "
            "keeps. Somebody who never came into view is in no figure here."
        ),
    )
    yield (
        _("Not known"),
        _(
            "Asked and not known, not asked, and preferred not to say are different things: each has a row of its own. "
            "A share is taken of those of whom it is known, and says of how many."
        ),
    )
    yield (
        _("Shares"),
        _("A share is shown only when it is taken of at least %(base)s; below that, one more changes it too much.")
        % values,
    )
    yield _("Hidden numbers"), why_hidden(release)
    yield (
        _("Years"),
        _(
            "A year that was reported before is told as it was reported then. More registered persons can mean more "
            "victims, or more attention, or another way of registering; where the way changed, the series breaks."
        ),
    )
    yield (
        _("Revision"),
        _(
            "A published report never changes. What comes in later, or was wrong, makes a new version that says what "
            "it corrects; the old one stays readable. Two people approve each version."
        ),
    )
    yield _("Definitions"), _("Terms are those of the vocabulary of Zicht, version %(version)s.") % values


def why_hidden(release: Release) -> str:
    """Say why numbers are hidden at the level of the report."""
    if release.least <= 1:
        return _("Nothing is hidden at this level: the report stays within the organisation.")
    sentence = _(
        "Numbers under %(least)s are hidden, zero included, because they could point to a person. Others are hidden "
        "with them, so that none can be worked out from the sums, from other tables or from an earlier report: all "
        "tables are protected together. Which of the two a hidden number is, is not told."
    )
    return sentence % {"least": release.least}


def definitions_of(release: Release, codes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give every row and column of the tables with its terms and their source."""
    seen: set[Label] = set()  # stages of visitors and of persons have one name
    for code in codes:
        for block in release.tables[code].blocks:
            for axis in (block.rows, block.cols):
                if axis.label in seen or not axis.of_kind("value"):
                    continue
                seen.add(axis.label)
                terms = [place.label.in_language(language()) for place in axis.of_kind("value", "beside")]
                yield axis.label.in_language(language()), "; ".join(terms) + _source(axis.name)


def _source(name: str) -> str:
    code_list = words.vocabulary().lists.get(name.partition(".")[0])
    return f" ({', '.join(code_list.source)})" if code_list and code_list.source else ""

"""Say in words why somebody on a list may be who was asked about."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from zicht.evidence.screening.findings import Finding

SENTENCES: dict[str, Callable[[], str]] = {
    "meaning": lambda: _("“%(ours)s” means the same as “%(theirs)s”."),
    "sound": lambda: _("“%(ours)s” sounds like “%(theirs)s”; transcriptions differ."),
    "spelling": lambda: _("“%(ours)s” is nearly spelt like “%(theirs)s”."),
    "together": lambda: _("Written together the names are alike: “%(ours)s” and “%(theirs)s”."),
    "letters": lambda: _("Nearly all letters of the two names are the same."),
    "ours_only": lambda: _("The list does not have “%(ours)s”."),
    "theirs_only": lambda: _("Only the list has “%(theirs)s”."),
    "number": lambda: _("The numbers differ: %(ours)s and %(theirs)s."),
    "common": lambda: _("The name has only words that many names have: compare the country."),
}


def reasons_in_words(finding: Finding) -> list[str]:
    """Give the reasons, a sentence each."""
    return list(_sentences(finding))


def _sentences(finding: Finding) -> Iterator[str]:
    if finding.same_imo:
        yield _("The IMO numbers are equal: this is one ship, whatever it is called.")
    elif finding.asked.casefold() == finding.name.casefold():
        yield _("The names are the same.")
    elif not finding.reasons:
        yield _("The names have the same words; order, capitals or legal form differ.")
    for code, ours, theirs in finding.reasons:
        yield SENTENCES[code]() % {"ours": ours, "theirs": theirs}
    if finding.quality == "weak":
        yield _("The list itself calls this alias weak.")

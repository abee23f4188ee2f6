"""Say what stands on a paper: everything the page of a case shows its reader, or the copy a person gets."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zicht.cases.handing.papers import Entry, Paper, Part
from zicht.cases.pages import CasePage, EpisodeShown, PersonShown, TopicsShown
from zicht.cases.rights.requests.copying import Copy
from zicht.people.code_fields import language
from zicht.people.wording import in_words, label_of_field

Facts = tuple[tuple[str, str], ...]


def paper_of_copy(copy: Copy) -> Paper:
    """Give the copy of somebody's data."""
    parts = (
        Part(section.title, tuple(Entry(item.title, _facts(item.facts)) for item in section.items))
        for section in copy.sections
    )
    told = {"day": date_format(copy.made_on), "codes": ", ".join(copy.codes)}
    return Paper(
        title=_("What %(organisation)s has recorded") % {"organisation": copy.organisation},
        lead=_("Made on %(day)s from the records %(codes)s.") % told,
        language=copy.language,
        parts=tuple(parts),
        remarks_title=_("Left out"),
        remarks=tuple(copy.left_out),
    )


def _facts(facts: Iterable[object]) -> Facts:
    return tuple((str(one.label), str(one.text)) for one in facts)  # type: ignore[attr-defined]


def paper_of_case(page: CasePage) -> Paper:
    """Give a case with its persons, as far as the reader of the page sees it."""
    parts = [Part(_("The case"), (Entry("", (*_of_the_case(page), *_known(page.topics))),))]
    parts += [_of_person(person) for person in page.persons]
    if page.notes:
        parts.append(Part(_("Notes"), (Entry("", ((label_of_field("case", "comments"), page.notes),)),)))
    told = {"day": date_format(timezone.localdate()), "organisation": page.case.org}
    hidden = () if page.reads_texts else (_("Texts that only the owner and the team of the case read."),)
    return Paper(
        title=_("Case %(code)s") % {"code": page.code},
        lead=_("Overview of %(organisation)s, made on %(day)s.") % told,
        language=language(),
        parts=tuple(parts),
        remarks_title=_("Left out") if hidden else "",
        remarks=hidden,
    )


def _of_the_case(page: CasePage) -> Iterator[tuple[str, str]]:
    for name in ("state", "closed_on", "closure_reason"):
        if text := in_words("case", name, getattr(page.case, name)):
            yield label_of_field("case", name), text
    yield _("Owner and team"), ", ".join([str(page.case.owner), *page.team])


def _of_person(person: PersonShown) -> Part:
    own = ((label_of_field("person", "status"), person.status), *_known(person.topics))
    entries = [Entry("", tuple(own)), *(_of_episode(episode) for episode in person.episodes)]
    for one in person.assessments:
        title = f"{label_of_field('assessment', 'conclusion')}: {one.conclusion}, {date_format(one.record.made_on)}"
        told = (("dimension_results", one.results), ("reason", one.reason))
        entries.append(Entry(title, tuple((label_of_field("assessment", name), text) for name, text in told if text)))
    return Part(f"{person.line}, {person.code}", tuple(entries))


def _of_episode(episode: EpisodeShown) -> Entry:
    places = tuple((_("Place"), place.text) for place in episode.places)
    return Entry(f"{episode.heading}, {episode.code}", (*_known(episode.topics), *places))


def _known(topics: TopicsShown) -> Iterator[tuple[str, str]]:
    for topic in topics.known:
        yield from topic.facts

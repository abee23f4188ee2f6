"""Who acts in the tests of evidence: two researchers of one house, a news desk, and people who must see nothing."""

from functools import cached_property

from tests.people.cast import Cast as PeopleCast
from tests.people.cast import colleague, organisation

from zicht.evidence.models import Source, Statement
from zicht.evidence.sources import actions as sources
from zicht.evidence.sources.texts import current_text, text_of
from zicht.evidence.statements import actions
from zicht.evidence.statements.actions import Named, Place, Told, Voice
from zicht.people.models import Account

# Invented; the relations are those that a human rights report might state.
REPORT = (
    "date 2021-02 Het ministerie van Nachtzaken bezit en beheert Kamp 7, zegt Stichting Lantaarn in een rapport. "
    "Mira Solveig, die drie jaar in het kamp zat, vertelde dat er ruim 200 gevangenen steenkool dolven. "
    "Het ministerie verzendt de kolen voor Bureau 12."
)
SENTENCE = "Het ministerie verzendt de kolen voor Bureau 12."


class Cast(PeopleCast):
    """Everybody in the tests of this room; somebody comes into being when a test first names them."""

    @cached_property
    def director(self) -> Account:
        """Is administrator of the research house."""
        return organisation("Research house", "evidence_ngo", "research", "dora")

    @cached_property
    def researcher(self) -> Account:
        """Works at the research house."""
        return colleague(self.director, "rene", "researcher")

    @cached_property
    def second(self) -> Account:
        """Reads beside the researcher."""
        return colleague(self.director, "sofie", "researcher")

    @cached_property
    def third(self) -> Account:
        """Decides between the two."""
        return colleague(self.director, "tom", "researcher")

    def source(self, text: str = REPORT, by: Account | None = None, **values: object) -> Source:
        """Give a source with a text, of an NGO unless told otherwise."""
        given = {"kind": "ngo_report", "title": "A report", **values}
        return sources.receive(by or self.researcher, text.encode(), given).source

    def says(
        self,
        source: Source,
        subject: str = "Ministerie van Nachtzaken",
        whom: str = "Bureau 12",
        words: str = SENTENCE,
        chain: tuple[Voice, ...] = (),
        by: Account | None = None,
        **values: object,
    ) -> Statement:
        """Record that a source says that somebody ships goods of somebody, in words of its text."""
        version = current_text(source)
        assert version is not None
        start = text_of(version).index(words)
        given = {"predicate": "ships", "closeness": "repeated", **values}
        named, other = Named(subject, "state"), Named(whom, "fund")
        told = Told(named, given, [Place(start, start + len(words))], other, chain)
        return actions.record_statement(by or self.researcher, source, told)

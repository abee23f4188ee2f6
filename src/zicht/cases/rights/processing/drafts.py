"""The two drafts: the record of processing activities (GDPR art. 30(1)) and the impact assessment (art. 35(7)).

Everything that the words know is filled in; what only the organisation knows is left open and marked.
"""

from collections.abc import Callable, Iterable, Mapping

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zicht import words
from zicht.cases.rights.processing import facts
from zicht.cases.rights.processing.document import Block, Document, Section, points, table
from zicht.cases.rights.processing.sentences import (
    MEASURES,
    REGISTER_ACTS,
    RIGHTS,
    RISKS,
    WHY_ASSESS,
)
from zicht.cases.rights.retention.queries import Term, term_of
from zicht.people.code_fields import label_of
from zicht.people.models import Organisation

# Kinds of records that serve one purpose together; a kind that stands in none is a part of its own.
ACTIVITIES: Mapping[str, tuple[str, ...]] = {
    "cases": ("person", "case", "exploitation", "place_event", "assessment", "match", "change", "import_run"),
    "sharing": ("consent", "share"),
    "rights": ("subject_request", "erasure", "retention_rule", "breach", "legal_clock"),
    "accounts": ("account", "role_grant", "access_line", "log_checkpoint", "log_pruning", "api_token"),
}


def processing_register(organisation: Organisation) -> Document:
    """Draft the record of processing activities of an organisation."""
    return _document(
        _("Record of processing activities of %(organisation)s") % {"organisation": organisation},
        (
            _controller(organisation),
            Section(_("Purposes"), (points(facts.purposes_of(organisation)), _purposes_of_consent())),
            Section(_("Whose data"), (points(_whose_data()),)),
            *_activities(),
            _recipients(organisation),
            _retention(organisation),
            _security(organisation),
        ),
    )


def impact_assessment(organisation: Organisation) -> Document:
    """Draft the assessment of the impact on the persons whose data are kept."""
    return _document(
        _("Data protection impact assessment of %(organisation)s") % {"organisation": organisation},
        (
            Section(_("Why this assessment is needed"), (points(str(one) for one in WHY_ASSESS),)),
            _controller(organisation),
            _description(organisation),
            _necessity(),
            _risks(),
            _security(organisation),
            Section(_("Rights of persons"), (points(str(one) for one in RIGHTS),)),
            _retention(organisation),
            _advice(),
        ),
    )


DRAFTS: Mapping[str, Callable[[Organisation], Document]] = {
    "register": processing_register,
    "dpia": impact_assessment,
}


def _document(title: str, sections: Iterable[Section]) -> Document:
    told = {"version": words.vocabulary().version, "day": date_format(timezone.localdate(), "DATE_FORMAT")}
    warning = _(
        "Draft, made by Zicht on %(day)s from its vocabulary %(version)s. It is no legal advice and decides nothing: "
        "the privacy officer completes it, has it checked and takes responsibility for it."
    )
    return Document(title, warning % told, tuple(sections))


def _open(question: str) -> str:
    return _("To fill in: %(question)s") % {"question": question}


# --- parts that both have -------------------------------------------------------------------------------------------
def _controller(organisation: Organisation) -> Section:
    rows = [
        (_("Name"), str(organisation)),
        (_("Type"), label_of("org_type", organisation.org_type)),
        (_("Legal regime"), label_of("legal_regime", organisation.legal_regime)),
        (_("Address and contact"), _open(_("address, telephone and e-mail of the organisation"))),
        (_("Privacy officer or data protection officer"), _open(_("name and contact"))),
    ]
    return Section(_("Who is responsible"), (table((_("What"), _("Who")), rows),))


def _retention(organisation: Organisation) -> Section:
    rows = [(kept.label, kept.retention) for kept in facts.kinds_kept()]
    shorter = _(
        "In this version a consent and a comparison of records are erased together with the record of the person, and "
        "match keys are not destroyed on their own."
    )
    return Section(
        _("How long it is kept"),
        (_term(term_of(organisation)), table((_("Kind of record"), _("Kept")), rows), shorter),
    )


def _term(term: Term) -> str:
    if term.years is None:
        return _("The legal regime names no term. Nothing is erased by itself until the organisation sets one.")
    told: dict[str, object] = {"years": term.years}
    if term.rule is None:
        sentence = _(
            "Cases and persons: %(years)s years after closing or the last change, the starting value of the legal "
            "regime. The privacy officer has not confirmed or changed it yet."
        )
        return sentence % told
    told |= {"reason": term.rule.reason}
    return _("Cases and persons: %(years)s years after closing or the last change. Reason: %(reason)s") % told


def _security(organisation: Organisation) -> Section:
    head = (_("Class"), _("What it is"), _("Rule"))
    acts = {name: str(label) for name, label in REGISTER_ACTS.items()}
    roles = [(role, walls, acts.get(act, act), why) for role, walls, act, why in facts.roles_of(organisation)]
    return Section(
        _("How it is protected"),
        (
            points(str(one) for one in MEASURES),
            table(head, facts.classes()),
            table((_("Role"), _("Walls"), _("What it may do with cases"), _("Purposes of looking")), roles),
        ),
    )


# --- parts of the register ------------------------------------------------------------------------------------------
def _purposes_of_consent() -> str:
    told = {"purposes": "; ".join(facts.labels_of("consent_purpose"))}
    return _("Consent is asked apart for each of these purposes: %(purposes)s.") % told


def _whose_data() -> list[str]:
    return [
        _("Possible and established victims of human trafficking, under a pseudonym; many are minors."),
        _("Alleged perpetrators: how many, of which age and how they are related to the victim, never who."),
        _("Parents and guardians: only that one of them answered or asked something."),
        _("Members of staff: their account, and what they looked at and changed."),
    ]


def _activities() -> list[Section]:
    titles = {
        "cases": _("Activity: the register of cases"),
        "sharing": _("Activity: consent and sharing"),
        "rights": _("Activity: rights of persons and data breaches"),
        "accounts": _("Activity: accounts and the access log"),
        "": _("Activity: other records"),
    }
    placed = {entity: name for name, entities in ACTIVITIES.items() for entity in entities}
    sections = []
    for name, title in titles.items():
        kept = [kind for kind in facts.kinds_kept() if placed.get(kind.entity.name, "") == name]
        if kept:
            sections.append(Section(title, tuple(_kind(kind) for kind in kept)))
    return sections


def _kind(kept: facts.Kept) -> Block:
    labels = {name: label for name, label, _rule in facts.classes()}
    rows = [(labels[name], ", ".join(fields)) for name, fields in kept.fields.items() if fields]
    return table((kept.label, _("Fields")), rows)


def _recipients(organisation: Organisation) -> Section:
    went = facts.recipients_of(organisation)
    told = points(went) if went else _("Nothing was shared with another organisation until now.")
    bases = _("Every sharing names its legal basis: %(bases)s.") % {"bases": "; ".join(facts.labels_of("legal_basis"))}
    abroad = _open(_("whether data go to a country outside the European Economic Area, and under which safeguards"))
    hosting = _open(_("who runs the machine and the backups, and the agreement with them (GDPR art. 28)"))
    return Section(_("Who receives it"), (told, bases, hosting, abroad))


# --- parts of the assessment ----------------------------------------------------------------------------------------
def _description(organisation: Organisation) -> Section:
    rows = [(kept.label, *(str(len(kept.fields[name])) for name in facts.CLASSES)) for kept in facts.kinds_kept()]
    sentence = _(
        "Zicht keeps what an organisation knows about possible victims, in fixed terms and under a pseudonym, to help "
        "them, to pass them on where they agree or the law asks it, and to count. It suggests which records may be "
        "about one person; somebody decides. It scores nobody and decides nothing by itself (GDPR art. 22)."
    )
    head = (_("Kind of record"), *facts.CLASSES)
    return Section(
        _("What is done with the data"),
        (
            sentence,
            points(facts.purposes_of(organisation)),
            _("Number of fields by class of sensitivity:"),
            table(head, rows),
        ),
    )


def _necessity() -> Section:
    return Section(
        _("Necessary and no more than needed"),
        (
            points(facts.principles()),
            _("Fields of the standard HTCDS that are left out on purpose:"),
            table((_("Field"), _("Why not")), facts.not_taken()),
            _("What may be published, by number of fields:"),
            table((_("Rule"), _("Fields")), facts.publication()),
            _open(_("the legal basis of each purpose (GDPR art. 6 and 9) and why nothing less would do")),
        ),
    )


def _risks() -> Section:
    rows = [(str(risk), str(measure), _open(_("what is left, and who accepts it"))) for risk, measure in RISKS]
    return Section(
        _("Risks for persons, and what stands against them"),
        (table((_("Risk"), _("In Zicht"), _("What is left")), rows),),
    )


def _advice() -> Section:
    return Section(
        _("Advice and decision"),
        (
            _open(_("advice of the data protection officer (GDPR art. 35(2))")),
            _open(_("views of persons whose data it is, or of who speaks for them (GDPR art. 35(9))")),
            _open(_("whether the supervisory authority is asked beforehand (GDPR art. 36)")),
            _open(_("who decided, on which day, and when it is looked at again")),
        ),
    )

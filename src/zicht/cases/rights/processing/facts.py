"""What the drafts tell, taken from the words and from what this installation keeps."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps

from zicht import words
from zicht.cases.models import Share
from zicht.cases.rights.processing.wordings import in_language
from zicht.people.code_fields import label_of, language
from zicht.people.models import Organisation
from zicht.people.records import WordsModel
from zicht.people.rules import compartments_of_role, roles_within

OPEN = "P0"  # class of fields that are about nobody
CLASSES = ("P1", "P2", "P3")


@dataclass(frozen=True)
class Kept:
    """A kind of record with the labels of its fields by class of sensitivity."""

    entity: words.Entity
    left_out: frozenset[str]  # fields that this installation does not keep

    @property
    def kept(self) -> list[words.Field]:
        """Give the fields that are kept."""
        return [field for name, field in self.entity.fields.items() if name not in self.left_out]

    @property
    def fields(self) -> dict[str, list[str]]:
        """Give their labels by class of sensitivity, without what is about nobody."""
        return {
            name: [field.label.in_language(language()) for field in self.kept if field.sensitivity == name]
            for name in CLASSES
        }

    @property
    def label(self) -> str:
        """Give its label in the language of the reader."""
        return self.entity.label.in_language(language())

    @property
    def retention(self) -> str:
        """Say how long it is kept."""
        return in_language(self.entity.retention)


def kinds_kept() -> list[Kept]:
    """Give the kinds of records of this installation that are about people, in the order of the words."""
    nouns = (model for model in apps.get_models() if issubclass(model, WordsModel))
    left_out = {model.words_entity: model.words_left_out for model in nouns}
    entities = (entity for name, entity in words.vocabulary().entities.items() if name in left_out)
    return [Kept(entity, left_out[entity.name]) for entity in entities if _is_about_people(entity)]


def _is_about_people(entity: words.Entity) -> bool:
    return any(field.sensitivity != OPEN for field in entity.fields.values())


def classes() -> list[tuple[str, str, str]]:
    """Give name, label and rule of each class of sensitivity."""
    every = words.vocabulary().sensitivity.values()
    return [(one.name, one.label.in_language(language()), in_language(one.rule)) for one in every]


def principles() -> list[str]:
    """Give the principles of the vocabulary."""
    return [in_language(one) for one in words.vocabulary().principles]


def publication() -> list[tuple[str, str]]:
    """Give each rule of publication with the number of fields of the kept records that are under it."""
    counts = Counter(field.publication for kept in kinds_kept() for field in kept.kept)
    return [(in_language(rule), str(counts[name])) for name, rule in words.vocabulary().publication.items()]


def not_taken() -> list[tuple[str, str]]:
    """Give the fields of the outside standard that are left out, with why."""
    return [(", ".join(one.names), in_language(one.why)) for one in words.vocabulary().htcds_not_taken]


def roles_of(organisation: Organisation) -> Iterator[tuple[str, str, str, str]]:
    """Give each role with the walls it looks behind, what it does with cases, and why it looks."""
    codes = words.vocabulary().lists["staff_role"].codes
    for role in roles_within(organisation.legal_regime):
        walls = sorted(compartments_of_role(role, organisation.legal_regime))
        yield (
            label_of("staff_role", role),
            ", ".join(label_of("compartment", wall) for wall in walls),
            codes[role].text("register"),
            ", ".join(label_of("access_purpose", purpose) for purpose in codes[role].texts("purposes")),
        )


def purposes_of(organisation: Organisation) -> list[str]:
    """Give the purposes for which the roles of an organisation look at records."""
    codes = words.vocabulary().lists["staff_role"].codes
    named = [purpose for role in roles_within(organisation.legal_regime) for purpose in codes[role].texts("purposes")]
    return [label_of("access_purpose", purpose) for purpose in dict.fromkeys(named)]


def recipients_of(organisation: Organisation) -> list[str]:
    """Give the types of organisations that data went to until now."""
    types = Share.objects.filter(org=organisation).values_list("to_org__org_type", flat=True).distinct()
    return sorted(label_of("org_type", kind) for kind in types)


def labels_of(list_name: str) -> list[str]:
    """Give the terms of a list that new records may have."""
    return [label for _code, label in words.choices(list_name, language())]

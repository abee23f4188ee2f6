"""The field's words: code lists, entities and fields, indicators, barriers, tables, and checks of values against them.

Everything else in Zicht takes its terms, field names and rules of privacy from here. No Django in this room.
"""

from zicht.words.content import (
    Barrier,
    DerivedExample,
    Indicator,
    Municipality,
    Process,
    StatedFigure,
    Step,
    Table,
)
from zicht.words.errors import Mistake, UnknownTermError, VocabularyError, WordsError
from zicht.words.load import load, vocabulary
from zicht.words.places import Country, countries, languages_iso639, municipalities, police_unit_of
from zicht.words.problems import Problem
from zicht.words.terms import choices, label_of, missing_choices, value_choices, value_label
from zicht.words.times import round_down
from zicht.words.types import Code, CodeList, Derived, Entity, Field, Label, NotTaken, Sensitivity, Standard, Topic
from zicht.words.values import check_record, check_together, check_value
from zicht.words.vocabulary import Vocabulary

__all__ = [
    "Barrier",
    "Code",
    "CodeList",
    "Country",
    "Derived",
    "DerivedExample",
    "Entity",
    "Field",
    "Indicator",
    "Label",
    "Mistake",
    "Municipality",
    "NotTaken",
    "Problem",
    "Process",
    "Sensitivity",
    "Standard",
    "StatedFigure",
    "Step",
    "Table",
    "Topic",
    "UnknownTermError",
    "Vocabulary",
    "VocabularyError",
    "WordsError",
    "check_record",
    "check_together",
    "check_value",
    "choices",
    "countries",
    "label_of",
    "languages_iso639",
    "load",
    "missing_choices",
    "municipalities",
    "police_unit_of",
    "round_down",
    "value_choices",
    "value_label",
    "vocabulary",
]

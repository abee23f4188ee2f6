"""What can be wrong with a value, as a sentence in both languages.

A sentence never repeats the value itself: it may be about a person, and sentences end up in logs and error pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from zicht.words.types import Label

SENTENCES: Mapping[str, Label] = MappingProxyType(
    {
        "required": Label("Fill this in.", "Vul dit in."),
        "unknown_field": Label(
            "“{record}” has no field of this name.",
            "“{record}” heeft geen veld met deze naam.",
        ),
        "not_a_text": Label("This must be text.", "Dit moet tekst zijn."),
        "too_long": Label(
            "This text has {length} characters; {most} is the most. Shorten it or divide it.",
            "Deze tekst heeft {length} tekens; het maximum is {most}. Kort de tekst in of verdeel die.",
        ),
        "control_character": Label(
            "Character {position} is an invisible control character ({character}). Remove it.",
            "Teken {position} is een onzichtbaar stuurteken ({character}). Verwijder het.",
        ),
        "hidden_direction": Label(
            "Character {position} is invisible and changes the order in which text is read ({character}). Remove it.",
            "Teken {position} is onzichtbaar en verandert de leesvolgorde van de tekst ({character}). Verwijder het.",
        ),
        "broken_character": Label(
            "Character {position} is half a character ({character}). Remove it or type it again.",
            "Teken {position} is een half teken ({character}). Verwijder het of typ het opnieuw.",
        ),
        "not_in_list": Label(
            "Choose one of the terms of “{list}”.",
            "Kies een van de termen van “{list}”.",
        ),
        "not_in_values": Label("Choose one of: {values}.", "Kies een van: {values}."),
        "term_retired": Label(
            "“{term}” is no longer used for new records. Instead: {use}.",
            "“{term}” wordt niet meer gebruikt voor nieuwe registraties. In plaats daarvan: {use}.",
        ),
        "term_import_only": Label(
            "“{term}” is only for data that comes from elsewhere. Choose another term.",
            "“{term}” is alleen voor gegevens die van elders komen. Kies een andere term.",
        ),
        "missing_not_allowed": Label(
            "“{term}” is not possible here. Choose a term of the list.",
            "“{term}” kan hier niet. Kies een term uit de lijst.",
        ),
        "missing_beside_terms": Label(
            "“{term}” cannot stand beside other terms. Choose one or the other.",
            "“{term}” kan niet naast andere termen staan. Kies het een of het ander.",
        ),
        "not_many": Label("This must be a list of values.", "Dit moet een lijst van waarden zijn."),
        "given_twice": Label("The same value is given twice.", "Dezelfde waarde staat er twee keer."),
        "not_a_date": Label(
            "This must be a date that exists, such as 2025-05-31.",
            "Dit moet een bestaande datum zijn, zoals 2025-05-31.",
        ),
        "not_a_month": Label(
            "This must be a year and a month, such as 2025-05.",
            "Dit moet een jaar en een maand zijn, zoals 2025-05.",
        ),
        "not_a_year": Label(
            "This must be a year from {first} to {last}.",
            "Dit moet een jaar zijn van {first} tot en met {last}.",
        ),
        "not_a_time": Label(
            "This must be a date and time with its time zone, such as 2025-05-31T14:00+02:00.",
            "Dit moet een datum en tijd met tijdzone zijn, zoals 2025-05-31T14:00+02:00.",
        ),
        "not_rounded_to_hour": Label(
            "This time must be rounded down to the hour before it is stored.",
            "Deze tijd moet naar beneden zijn afgerond op het uur voordat die wordt bewaard.",
        ),
        "not_rounded_to_day": Label(
            "This must be a day without a time before it is stored.",
            "Dit moet een dag zonder tijd zijn voordat die wordt bewaard.",
        ),
        "in_the_future": Label(
            "This lies in the future.",
            "Dit ligt in de toekomst.",
        ),
        "earlier_than": Label("This lies before “{other}”.", "Dit ligt voor “{other}”."),
        "not_among": Label(
            "Choose one of the terms that are filled in at “{other}”.",
            "Kies een van de termen die bij “{other}” zijn ingevuld.",
        ),
        "needed_with": Label(
            "Fill this in: what stands at “{other}” asks for it.",
            "Vul dit in: wat bij “{other}” staat vraagt daarom.",
        ),
        "only_with": Label(
            "Leave this empty: what stands at “{other}” does not go with it.",
            "Laat dit leeg: wat bij “{other}” staat past daar niet bij.",
        ),
        "not_an_address": Label(
            "This must be an address such as https://register.example.org/changes: https, the name of a host, and a "
            "path without user, port, question mark or number sign.",
            "Dit moet een adres zijn zoals https://register.example.org/wijzigingen: https, de naam van een host en "
            "een pad, zonder gebruiker, poort, vraagteken of hekje.",
        ),
        "not_a_place": Label(
            "This is no code of the level “{level}”, such as NLD for a country or GM0363 for a municipality.",
            "Dit is geen code van het niveau “{level}”, zoals NLD voor een land of GM0363 voor een gemeente.",
        ),
        "told_otherwise": Label(
            "An earlier row tells otherwise about the same record. Make both the same, or leave one to its identifier.",
            "Een eerdere rij zegt iets anders over dezelfde registratie. Maak beide gelijk, of laat van een alleen het "
            "kenmerk staan.",
        ),
        "not_told": Label(
            "This refers to a record that no row of the file tells of.",
            "Dit verwijst naar een registratie waarover geen rij van het bestand iets zegt.",
        ),
        "there_already": Label(
            "This record is in the register already.",
            "Deze registratie staat al in het register.",
        ),
        "not_a_whole_number": Label(
            "This must be a whole number, 0 or more.",
            "Dit moet een heel getal zijn, 0 of hoger.",
        ),
        "number_too_large": Label("This number is too large to store.", "Dit getal is te groot om te bewaren."),
        "not_yes_or_no": Label("This must be yes or no.", "Dit moet ja of nee zijn."),
        "not_an_identifier": Label(
            "An identifier has only letters, digits and . : _ -, and at most {most} of them.",
            "Een kenmerk heeft alleen letters, cijfers en . : _ -, en daarvan hoogstens {most}.",
        ),
        "not_a_hash": Label(
            "This must be a hash, written as {shortest} to {longest} hexadecimal digits in small letters.",
            "Dit moet een hash zijn, geschreven als {shortest} tot {longest} hexadecimale cijfers in kleine letters.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what is wrong with one value: a code for programs, and a sentence for people."""

    code: str
    params: Mapping[str, str | int | Label] = field(default_factory=dict)

    def in_language(self, language: str) -> str:
        """Give the sentence for a language tag such as `nl`; every language but Dutch gets English."""
        sentence = SENTENCES[self.code].in_language(language)
        return sentence.format(**{name: _write(value, language) for name, value in self.params.items()})


def _write(value: str | int | Label, language: str) -> str:
    if isinstance(value, Label):
        return value.in_language(language)
    if isinstance(value, int):
        return Label(f"{value:,}", f"{value:,}".replace(",", ".")).in_language(language)
    return value

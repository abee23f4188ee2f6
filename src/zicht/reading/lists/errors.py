"""Why a list is not read; no sentence repeats what the file holds."""

from zicht.reading.errors import ReadingError, Wording


class ListError(ReadingError):
    """Stand above every reason for which a list is not read."""


class NoSuchList(ListError):
    sentence = Wording(
        "There is no file {name}, or this program may not read it.",
        "Er is geen bestand {name}, of dit programma mag het niet lezen.",
    )


class ListTooLarge(ListError):
    sentence = Wording(
        "The file has {size} MB; more than {most} MB is not read. Take the sanctions alone, without other data.",
        "Het bestand is {size} MB; meer dan {most} MB wordt niet gelezen. Neem alleen de sanctielijst, zonder andere "
        "gegevens.",
    )


class TooManyEntries(ListError):
    sentence = Wording(
        "The list has more than {most} entries. It is not read.",
        "De lijst heeft meer dan {most} vermeldingen. Zij wordt niet gelezen.",
    )


class UnknownList(ListError):
    sentence = Wording(
        "This is none of the lists that are read: OFAC's SDN list as CSV, the list of the UN as XML or CSV, "
        "OpenSanctions' targets as CSV, and FollowTheMoney as JSON. Nothing was stored.",
        "Dit is geen van de lijsten die gelezen worden: de SDN-lijst van OFAC als CSV, de lijst van de VN als XML of "
        "CSV, de targets van OpenSanctions als CSV, en FollowTheMoney als JSON. Er is niets opgeslagen.",
    )


class ListDamaged(ListError):
    sentence = Wording(
        "The file is damaged or cut off at line {row}. Nothing of it was stored; get it again from where it came.",
        "Het bestand is beschadigd of afgebroken bij regel {row}. Er is niets van opgeslagen; haal het opnieuw op.",
    )


class ListWithDoctype(ListError):
    sentence = Wording(
        "The file declares a document type, by which XML can fetch other files or grow without end. No public list "
        "does. It is not read.",
        "Het bestand declareert een documenttype, waarmee XML andere bestanden kan ophalen of eindeloos kan groeien. "
        "Geen openbare lijst doet dat. Het wordt niet gelezen.",
    )


class EntryTooLarge(ListError):
    sentence = Wording(
        "The entry at line {row} is larger than {most} bytes or nested deeper than any list does. Nothing was stored.",
        "De vermelding bij regel {row} is groter dan {most} bytes of dieper genest dan een lijst doet. Er is niets "
        "opgeslagen.",
    )


class EmptyList(ListError):
    sentence = Wording(
        "The list names nobody. Nothing was stored, and the version before it stays in use.",
        "De lijst noemt niemand. Er is niets opgeslagen, en de vorige versie blijft in gebruik.",
    )

"""Why records are not accepted to make others up from; each error is one sentence that says what to do."""

from zicht.stats.errors import StatsError, TableRefused


class LibraryMissing(StatsError):
    """Refuse without the library."""

    sentence = (
        "Made-up records need the library pac-synth, which is not installed here; all else works without it. Install "
        "Zicht with its extra “synthetic”."
    )


class TooFewRecords(TableRefused):
    """Refuse so few records that nothing of them can be kept."""

    sentence = (
        "There are %(found)s records, and at least %(least)s are needed: of fewer, noise is all that would be left. "
        "Protect tables of them instead."
    )


class TooManyColumns(TableRefused):
    """Refuse more combinations than can be counted."""

    sentence = "There are %(found)s columns; give 1 to %(most)s. Leave out with --leave-out what nobody will look at."


class ColumnTellsOfOne(TableRefused):
    """Refuse a column with a value of its own for nearly everybody."""

    sentence = (
        "Column %(name)s has %(found)s different values: a number, date, name or text that tells of one person alone. "
        "Make classes of it, or leave it out with --leave-out."
    )


class NoSuchColumn(TableRefused):
    """Refuse the name of a column that is not there."""

    sentence = "There is no column %(name)s. The columns are: %(columns)s."

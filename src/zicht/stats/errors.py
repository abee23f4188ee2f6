"""What can go wrong in this room: one tree, and each error is one sentence that says what to do."""

from typing import ClassVar

LONGEST_QUOTE = 40  # characters of a wrong value that are shown


def quote(value: str) -> str:
    """Shorten a value from a file, and make what cannot be printed visible."""
    printable = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in value)
    return printable if len(printable) <= LONGEST_QUOTE else printable[: LONGEST_QUOTE - 1] + "…"


class StatsError(Exception):
    """Stand above every error of this room; `sentence` and `values` are apart so that a page can translate them."""

    sentence: ClassVar[str] = ""

    def __init__(self, **values: object) -> None:
        super().__init__(values)
        self.values = values

    def __str__(self) -> str:
        return self.sentence % self.values


class TableRefused(StatsError):
    """Stand above every reason for which a table is not accepted; nothing was estimated then."""


class NoSuchFile(TableRefused):
    sentence = "There is no file %(name)s, or this program may not read it."


class FileTooLarge(TableRefused):
    sentence = (
        "The file has %(size)s MB; more than %(most)s MB is not read. Give counts per combination of lists instead of "
        "one row a person."
    )


class WrongEncoding(TableRefused):
    sentence = "Row %(row)s is not in UTF-8. Save the file as “CSV UTF-8”."


class NotACsv(TableRefused):
    sentence = "Row %(row)s cannot be read as CSV: %(why)s. Save the table as CSV, with one row of column names on top."


class NoRows(TableRefused):
    sentence = "The table has no rows. Give column names on the first row and one row for each combination of lists."


class NameMissing(TableRefused):
    sentence = "Column %(column)s has no name. Give every list a name on the first row."


class NameTwice(TableRefused):
    sentence = "Two columns are called %(name)s. Give every list a name of its own."


class FactorMissing(TableRefused):
    sentence = "There is no column %(name)s to split by. The columns are: %(columns)s."


class FactorEmpty(TableRefused):
    sentence = "Row %(row)s has nothing in column %(name)s. Give the group of every row, if need be “unknown”."


class TooFewLists(TableRefused):
    sentence = (
        "The table has %(found)s lists, and at least %(least)s are needed. Give one column of 0 and 1 for each list."
    )


class TooManyLists(TableRefused):
    sentence = "The table has %(found)s lists, and at most %(most)s can be used. Merge lists that work alike."


class WrongWidth(TableRefused):
    sentence = "Row %(row)s has %(found)s values, and there are %(expected)s column names. Complete or remove that row."


class NotOnOrOff(TableRefused):
    sentence = (
        "Row %(row)s, list %(name)s: “%(value)s” is not 0 or 1. Write 1 for on this list and 0 for not on it. "
        "A column that says a group is called “stratum”, or is named with --by."
    )


class NotACount(TableRefused):
    # Not even 40.0: in half of Europe 1.000 is a thousand.
    sentence = (
        "Row %(row)s: “%(value)s” is not a count. Write a whole number of persons, 0 or more, without points or commas."
    )


class CountsNotWhole(TableRefused):
    sentence = "The count %(value)s is not a whole number of persons, 0 or more. Correct it, or leave that row out."


class CountMissing(TableRefused):
    sentence = "Row %(row)s has no count. Write how many persons are on exactly these lists; 0 if nobody is."


class UnseenCounted(TableRefused):
    sentence = (
        "Row %(row)s says that somebody is on no list at all. How many are on no list is what is estimated: "
        "remove that row, or leave its count empty."
    )


class TooManyPersons(TableRefused):
    sentence = (
        "The table counts more than %(most)s persons. Check whether a number that is not a count, such as a year or "
        "an identifier, stands in the column of counts."
    )


class NobodyCounted(TableRefused):
    sentence = "All counts are 0: nobody is on any list, and then nothing can be estimated. Check the column of counts."


class NoOverlap(TableRefused):
    sentence = (
        "No person is on two lists. The estimate stands on the overlap between lists, so nothing can be said. "
        "Check whether the same person can be recognised in both lists, or merge periods or lists."
    )


class WrongShape(TableRefused):
    sentence = "There are %(found)s counts for %(lists)s lists; %(expected)s are needed, one for each combination."


class UnknownList(StatsError):
    sentence = "There is no list %(name)s. The lists are: %(lists)s."


class ModelRefused(StatsError):
    """Stand above every reason for which a model or setting is not accepted."""


class UnknownMethod(ModelRefused):
    sentence = "There is no method %(name)s. The methods are: %(methods)s."


class WrongSetting(ModelRefused):
    sentence = "%(name)s is %(value)s; give %(expected)s."


class WrongModel(ModelRefused):
    sentence = "“%(text)s” is not a model of these lists: %(why)s. Write for example [12,13,4], lists counted from 1."


class TooManyModels(ModelRefused):
    sentence = (
        "For %(lists)s lists there are more than %(most)s models with terms of up to %(order)s lists. Give a lower "
        "--maxorder, merge lists that work alike, or choose another method, such as stepwise."
    )


class TooManyListsForGraphs(ModelRefused):
    sentence = (
        "Averaging over graphs works for at most %(most)s lists, and the table has %(found)s. Merge lists that work "
        "alike, or choose another method."
    )


class NotTwoLists(ModelRefused):
    sentence = "This method is for two lists, and the table has %(found)s. Choose another method, or merge lists."


class NoStrata(ModelRefused):
    sentence = (
        "The method covariates compares groups, and the table is not split into any. Add a column “stratum”, or name "
        "the columns to split by."
    )

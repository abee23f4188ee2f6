"""Why a table of counts is not accepted for protection; each error is one sentence that says what to do."""

from zicht.stats.errors import StatsError, TableRefused


class NoCounts(TableRefused):
    sentence = (
        "There is no column of counts in %(name)s. Call it “count” (or “aantal”), name it with --count, or give a "
        "table with labels in the first column and counts in all others."
    )


class NotACell(TableRefused):
    # Not even 40.0: in half of Europe 1.000 is a thousand.
    sentence = (
        "%(name)s, row %(row)s: “%(value)s” is not a count. Write a whole number, 0 or more, without points or commas; "
        "“.” where there can be no count."
    )


class HiddenAlready(TableRefused):
    sentence = (
        "%(name)s, row %(row)s: “%(value)s” was hidden before. Give the true counts: what else must be hidden is "
        "worked out from them. A table that is out already goes with --earlier; if another office hid counts, say how "
        "it marks them with --hidden."
    )


class CellTwice(TableRefused):
    sentence = "%(name)s, rows %(first)s and %(row)s have the same labels. Remove one of them, or add them up."


class TotalsDiffer(TableRefused):
    sentence = (
        "%(name)s, row %(row)s: “%(first)s” and “%(second)s” both mean all together and differ. Give one of them "
        "another name."
    )


class TablesDisagree(TableRefused):
    sentence = (
        "%(name)s, row %(row)s and %(other)s, row %(other_row)s count the same and differ. Correct one of them, or, if "
        "they count different things, protect them apart with --apart."
    )


class TooManyCells(TableRefused):
    sentence = "The tables have %(found)s counts; more than %(most)s are not protected in one go."


class EarlierUnknown(TableRefused):
    sentence = (
        "%(name)s, row %(row)s was hidden in the earlier release, and its true count is in none of the tables. Give "
        "the table that has it too: without it nobody can say what both releases together tell."
    )


class CorrectionTooSmall(TableRefused):
    sentence = (
        "%(name)s, row %(row)s differs by fewer than %(least)s from the earlier release. Such a correction tells of "
        "single persons: let it wait for the next revision, or leave the count as it was."
    )


class ShownAlready(StatsError):
    sentence = (
        "Earlier releases show so much that small counts cannot be hidden any more. Leave out the tables of which that "
        "is so, or join their categories to larger ones."
    )


class ListedInOneOnly(ShownAlready):
    """Nothing is out yet, and the tables themselves give a small count away, whatever is hidden."""

    sentence = (
        "One table lists a category that another leaves out, and so tells that nobody is in it. List it in both or in "
        "neither."
    )


class NoRounding(StatsError):
    sentence = (
        "There is no way to round these tables so that all sums hold. Protect them by hiding, or leave out one table."
    )


class BudgetSpent(StatsError):
    sentence = (
        "The ledger has %(left)s of %(budget)s left for %(year)s, and %(asked)s was asked. Take a smaller epsilon, or "
        "publish no more tables of that year with noise."
    )


class BudgetDiffers(StatsError):
    sentence = (
        "The ledger began %(year)s with a budget of %(budget)s. Keep to it: that is what readers of the earlier tables "
        "were promised."
    )


class LedgerUnreadable(StatsError):
    sentence = (
        "The ledger %(name)s cannot be read at row %(row)s. Nothing was spent and nothing was shown: put back the last "
        "whole copy of it."
    )


class ChanceSpent(StatsError):
    sentence = (
        "The chances that the promise about %(year)s is broken add up to more than %(most)s. Publish no more made-up "
        "records of that year."
    )


class ShareInRow(TableRefused):
    sentence = (
        "%(name)s, row %(row)s is called “%(value)s” and would be taken for counts. Give shares in a column of their "
        "own, beside the counts, or leave them out."
    )


class CountTooLarge(TableRefused):
    sentence = (
        "%(name)s, row %(row)s: “%(value)s” is more than %(most)s. Check whether a year or an identifier stands in the "
        "column of counts."
    )


class CannotBeFilled(TableRefused):
    sentence = (
        "What was hidden in these tables cannot be filled in so that they add up. Check whether all belong together, "
        "and whether a mark such as “-” means hidden (--hidden)."
    )


class NeedsTrueCounts(StatsError):
    sentence = "“%(method)s” needs the true counts, and some of these are hidden. Only hiding works without them."


class LevelsUnclear(TableRefused):
    sentence = "Row %(row)s of %(name)s says what lies within what, and goes in a circle or names one category twice."


class NoSuchQuestion(TableRefused):
    """Of a name that is misspelled nothing would be hidden, and nobody would see it."""

    sentence = "None of the tables has a column “%(name)s”, so no group can be hidden by it. Check the name."

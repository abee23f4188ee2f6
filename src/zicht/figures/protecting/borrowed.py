"""Sentences of the room of disclosure control, which speaks English and knows no catalogue, to be translated.

Each must be letter by letter what that room says; a test compares, both ways.
"""

from django.utils.translation import gettext_noop

SENTENCES = (
    gettext_noop(
        "There is no column of counts in %(name)s. Call it “count” (or “aantal”), name it with --count, or give a "
        "table with labels in the first column and counts in all others."
    ),
    gettext_noop(
        "%(name)s, row %(row)s: “%(value)s” is not a count. Write a whole number, 0 or more, without points or "
        "commas; “.” where there can be no count."
    ),
    gettext_noop("%(name)s, rows %(first)s and %(row)s have the same labels. Remove one of them, or add them up."),
    gettext_noop(
        "%(name)s, row %(row)s and %(other)s, row %(other_row)s count the same and differ. Correct one of them, or, "
        "if they count different things, protect them apart with --apart."
    ),
    gettext_noop("The tables have %(found)s counts; more than %(most)s are not protected in one go."),
    gettext_noop(
        "%(name)s, row %(row)s was hidden in the earlier release, and its true count is in none of the tables. Give "
        "the table that has it too: without it nobody can say what both releases together tell."
    ),
    gettext_noop(
        "%(name)s, row %(row)s differs by fewer than %(least)s from the earlier release. Such a correction tells of "
        "single persons: let it wait for the next revision, or leave the count as it was."
    ),
    gettext_noop(
        "Earlier releases show so much that small counts cannot be hidden any more. Leave out the tables of which "
        "that is so, or join their categories to larger ones."
    ),
    gettext_noop(
        "One table lists a category that another leaves out, and so tells that nobody is in it. List it in both or in "
        "neither."
    ),
    gettext_noop("None of the tables has a column “%(name)s”, so no group can be hidden by it. Check the name."),
    gettext_noop(
        "There is no way to round these tables so that all sums hold. Protect them by hiding, or leave out one table."
    ),
    gettext_noop(
        "The ledger has %(left)s of %(budget)s left for %(year)s, and %(asked)s was asked. Take a smaller epsilon, "
        "or publish no more tables of that year with noise."
    ),
    gettext_noop(
        "The ledger began %(year)s with a budget of %(budget)s. Keep to it: that is what readers of the earlier "
        "tables were promised."
    ),
    gettext_noop(
        "The ledger %(name)s cannot be read at row %(row)s. Nothing was spent and nothing was shown: put back the "
        "last whole copy of it."
    ),
    gettext_noop("“%(name)s” adds up to more than its total: taken as several answers a person."),
    gettext_noop("“%(name)s” adds up to less than its total: taken as categories that are not listed."),
    gettext_noop(
        "%(name)s, row %(row)s: “%(first)s” and “%(second)s” both mean all together and differ. Give one of them "
        "another name."
    ),
    gettext_noop("Counts are blurred one by one: they do not add up to their totals."),
    gettext_noop("Counts are rounded to multiples of %(base)s; totals are the sums of what is rounded."),
    gettext_noop(
        "Noise was added to every count: epsilon %(epsilon)s for one person in one year, who stands in at most "
        "%(cap)s counts. 95%% of the counts are within %(distance)s of the truth, negative ones became 0, and they "
        "do not add up."
    ),
    gettext_noop("The search was ended: %(hidden)s counts are hidden, and fewer than %(bound)s are not possible."),
    gettext_noop(
        "The chances that the promise about %(year)s is broken add up to more than %(most)s. Publish no more made-up "
        "records of that year."
    ),
    gettext_noop("Of the budget of %(budget)s for %(year)s, %(left)s is left."),
    gettext_noop(
        "%(name)s, row %(row)s: “%(value)s” was hidden before. Give the true counts: what else must be hidden is "
        "worked out from them. A table that is out already goes with --earlier; if another office hid counts, say "
        "how it marks them with --hidden."
    ),
    gettext_noop(
        "%(name)s, row %(row)s is called “%(value)s” and would be taken for counts. Give shares in a column of their "
        "own, beside the counts, or leave them out."
    ),
    gettext_noop(
        "%(name)s, row %(row)s: “%(value)s” is more than %(most)s. Check whether a year or an identifier stands in "
        "the column of counts."
    ),
    gettext_noop(
        "What was hidden in these tables cannot be filled in so that they add up. Check whether all belong together, "
        "and whether a mark such as “-” means hidden (--hidden)."
    ),
    gettext_noop("“%(method)s” needs the true counts, and some of these are hidden. Only hiding works without them."),
    gettext_noop(
        "Row %(row)s of %(name)s says what lies within what, and goes in a circle or names one category twice."
    ),
    gettext_noop(
        "%(hidden)s of %(all)s shares, means and such beside the counts are hidden, because a count can be told from "
        "them."
    ),
    gettext_noop("Shares were reckoned anew from the counts that are shown here."),
)

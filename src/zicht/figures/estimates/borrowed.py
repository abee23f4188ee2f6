"""Sentences of the room of statistics, which speaks English and knows no catalogue: found here for translation.

Each must be letter by letter what that room says; a test compares, both ways.
"""

from django.utils.translation import gettext_noop

SENTENCES = (
    gettext_noop(
        "%(close)s models have a BIC within %(within)s of the lowest, and their totals go from %(least)s to "
        "%(most)s: the table hardly tells them apart."
    ),
    gettext_noop("No model of this kind has an estimate on this table."),
    gettext_noop("Without one of its persons the table has no estimate, so there is no interval."),
    gettext_noop("All replicates lie on one side of the estimate, so the interval is the percentile one, not BCa."),
    gettext_noop(
        "Leaving one person out changes nothing or leaves no estimate, so the interval is the percentile one, not BCa."
    ),
    gettext_noop(
        "%(share)s%% of the replicates have no estimate; they count as infinitely many persons. The table is "
        "at the edge of saying nothing."
    ),
    gettext_noop("There is no upper bound: too many replicates have no estimate."),
    gettext_noop("Nobody is on the list %(name)s; it was left out of the fits."),
    gettext_noop(
        "Of %(pairs)s pairs of lists, %(empty)s share nobody (%(names)s). Where that is chance, the estimate "
        "is uncertain; where such a pair cannot overlap, say by law, it is misleading."
    ),
    gettext_noop("Only %(shared)s of %(observed)s persons are on more than one list. Everything stands on these few."),
    gettext_noop(
        "With two lists the total stands on the assumption that being on one says nothing about being on the "
        "other. The numbers cannot show whether that is so."
    ),
    gettext_noop("The upper bound is %(times)s times the lower one: this table says little about how many there are."),
    gettext_noop(
        "The model %(model)s has no extended maximum likelihood estimate on this table. Leave out a term, or "
        "merge lists."
    ),
    gettext_noop(
        "The model %(model)s is not identifiable on this table: different totals fit it equally well. Leave "
        "out a term, or merge lists."
    ),
    gettext_noop(
        "Of the %(counted)s persons that are only on %(lists)s, an unknown part belongs to the group that is "
        "estimated. That count is taken as an upper bound; %(expected)s are expected."
    ),
    gettext_noop("There is no upper bound: the likelihood stays high however many persons are on no list."),
    gettext_noop("In %(stratum)s nobody is on any list; nothing is estimated there, and the total leaves it out."),
    gettext_noop(
        "%(share)s%% of the probability lies in the last tenth of the range that was searched, which ends at "
        "%(most)s persons: the upper bound depends on where the search stops, not only on the data."
    ),
    gettext_noop(
        "Had the unseen been sought up to %(short)s instead of %(reach)s times the observed, the total would "
        "be %(total)s (%(lower)s to %(upper)s): the data alone do not settle the bounds."
    ),
    gettext_noop(
        "With probability %(share)s%% all lists depend on each other. Then overlaps say nothing about who is "
        "on no list, and the prior alone gives a total just above the observed."
    ),
    gettext_noop("The customary %(points)s totals are too few for this table; %(used)s were tried."),
    gettext_noop("The bounds are only exact to %(step)s persons: the table is large for the range that was searched."),
    gettext_noop("There is no file %(name)s, or this program may not read it."),
    gettext_noop(
        "The file has %(size)s MB; more than %(most)s MB is not read. Give counts per combination of lists "
        "instead of one row a person."
    ),
    gettext_noop("Row %(row)s is not in UTF-8. Save the file as “CSV UTF-8”."),
    gettext_noop(
        "Row %(row)s cannot be read as CSV: %(why)s. Save the table as CSV, with one row of column names on top."
    ),
    gettext_noop(
        "The table has no rows. Give column names on the first row and one row for each combination of lists."
    ),
    gettext_noop("Column %(column)s has no name. Give every list a name on the first row."),
    gettext_noop("Two columns are called %(name)s. Give every list a name of its own."),
    gettext_noop("There is no column %(name)s to split by. The columns are: %(columns)s."),
    gettext_noop("Row %(row)s has nothing in column %(name)s. Give the group of every row, if need be “unknown”."),
    gettext_noop(
        "The table has %(found)s lists, and at least %(least)s are needed. Give one column of 0 and 1 for each list."
    ),
    gettext_noop("The table has %(found)s lists, and at most %(most)s can be used. Merge lists that work alike."),
    gettext_noop(
        "Row %(row)s has %(found)s values, and there are %(expected)s column names. Complete or remove that row."
    ),
    gettext_noop(
        "Row %(row)s, list %(name)s: “%(value)s” is not 0 or 1. Write 1 for on this list and 0 for not on it."
        " A column that says a group is called “stratum”, or is named with --by."
    ),
    gettext_noop(
        "Row %(row)s: “%(value)s” is not a count. Write a whole number of persons, 0 or more, without points or commas."
    ),
    gettext_noop("The count %(value)s is not a whole number of persons, 0 or more. Correct it, or leave that row out."),
    gettext_noop("Row %(row)s has no count. Write how many persons are on exactly these lists; 0 if nobody is."),
    gettext_noop(
        "Row %(row)s says that somebody is on no list at all. How many are on no list is what is estimated: "
        "remove that row, or leave its count empty."
    ),
    gettext_noop(
        "The table counts more than %(most)s persons. Check whether a number that is not a count, such as a "
        "year or an identifier, stands in the column of counts."
    ),
    gettext_noop(
        "All counts are 0: nobody is on any list, and then nothing can be estimated. Check the column of counts."
    ),
    gettext_noop(
        "No person is on two lists. The estimate stands on the overlap between lists, so nothing can be said."
        " Check whether the same person can be recognised in both lists, or merge periods or lists."
    ),
    gettext_noop("There are %(found)s counts for %(lists)s lists; %(expected)s are needed, one for each combination."),
    gettext_noop("There is no list %(name)s. The lists are: %(lists)s."),
    gettext_noop("There is no method %(name)s. The methods are: %(methods)s."),
    gettext_noop("%(name)s is %(value)s; give %(expected)s."),
    gettext_noop(
        "“%(text)s” is not a model of these lists: %(why)s. Write for example [12,13,4], lists counted from 1."
    ),
    gettext_noop(
        "For %(lists)s lists there are more than %(most)s models with terms of up to %(order)s lists. Give a "
        "lower --maxorder, merge lists that work alike, or choose another method, such as stepwise."
    ),
    gettext_noop(
        "Averaging over graphs works for at most %(most)s lists, and the table has %(found)s. Merge lists "
        "that work alike, or choose another method."
    ),
    gettext_noop("This method is for two lists, and the table has %(found)s. Choose another method, or merge lists."),
    gettext_noop(
        "The method covariates compares groups, and the table is not split into any. Add a column “stratum”, "
        "or name the columns to split by."
    ),
    gettext_noop(
        "The chains do not agree: R-hat is %(r_hat)s (at most 1.01 is good), and their draws are worth "
        "%(bulk)s independent ones, %(tail)s in the tails (at least 400 is good). Single chains have medians "
        "from %(least)s to %(most)s. What is given depends on where the chains started; longer chains may say"
        " something else."
    ),
    gettext_noop(
        "%(share)s%% of the draws lie in the last tenth of the range, which ends at %(most)s persons: the "
        "upper bound depends on where the range ends, not only on the data."
    ),
    gettext_noop("Without the package numba this takes some hundred times as long."),
    gettext_noop("Only %(chains)s chains were run beside the other methods; on its own lcm runs 20."),
    gettext_noop("Nobody in this stratum is on two lists, so nothing can be said about it."),
    gettext_noop("Some warnings speak of small counts and are shown only inside the organisation."),
    gettext_noop("The group is too small to be shown."),
    gettext_noop("Another group is held back, and what is shown here would tell of it."),
    gettext_noop(
        "Few persons are on both lists, or on one of them alone: whoever knows how long the lists are could work out "
        "how many."
    ),
    gettext_noop("%(rows)s rows repeat a combination of lists that was there before; their counts were added up."),
    gettext_noop("There is no column “count”, so every row was counted as one person."),
    gettext_noop(
        "Where those on one list are more likely to be on the other, for instance because one refers to the "
        "other, there are more than this; where they are less likely, there are fewer. It takes a third list "
        "to see anything of that."
    ),
)

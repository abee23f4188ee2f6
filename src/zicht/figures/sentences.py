"""Say a figure in a few sentences, by rules: what is counted, how many, and how it was the year before."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zicht.figures.amounts import Amount, exactly
from zicht.figures.breakdowns import Amounts, Breakdown
from zicht.figures.shares import Share, share_in


@dataclass(frozen=True, slots=True)
class Said:
    """Hold the sentence that says it, and the ones that go with it."""

    head: str
    rest: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join([self.head, *self.rest])


def count(number: int) -> str:
    """Write a count with the separators of the language of the page."""
    return number_format(number, force_grouping=True)


def in_words(amount: Amount) -> str:
    """Write an amount as it stands inside a sentence."""
    if amount.is_exact:
        return count(amount.low)
    if amount.below is not None:
        return _("fewer than %(bound)s") % {"bound": count(amount.below)}
    return _("%(low)s to %(high)s") % {"low": count(amount.low), "high": count(amount.high)}


def say(breakdown: Breakdown) -> Said:
    """Say one of the four figures of a country."""
    return _say_total(breakdown) if breakdown.code == "year" else _say_split(breakdown)


# --- victims by year ---------------------------------------------------------------------------------------------
def _say_total(breakdown: Breakdown) -> Said:
    total = breakdown.total
    if not total:
        return Said(_("UNODC gives no total for any year."))
    last = max(total)
    if last in breakdown.doubtful:
        return _say_doubtful(total[last], last)
    head = ngettext(
        "In %(year)s, %(victims)s possible or identified victim came into view.",
        "In %(year)s, %(victims)s possible and identified victims came into view.",
        total[last].high,
    ) % {"year": last, "victims": in_words(total[last])}
    return Said(head, (_compare(total, last),))


def _say_doubtful(total: Amount, year: int) -> Said:
    head = _("For %(year)s UNODC gives a total of %(victims)s.") % {"year": year, "victims": in_words(total)}
    return Said(head, (_("It states the sex or age of more people than that, so this total is not reliable."),))


def _compare(total: Amounts, last: int) -> str:
    before = max((year for year in total if year < last), default=None)
    if before is None:
        return _("There is no figure for an earlier year.")
    if before < last - 1:
        sentence = _("For the year before there is no figure; the last one before it is of %(year)s: %(victims)s.")
        return sentence % {"year": before, "victims": in_words(total[before])}
    return _difference(total[last], total[before], before)


def _difference(now: Amount, then: Amount, year: int) -> str:
    values = {"year": year, "victims": in_words(then)}
    if now.is_exact and then.is_exact:
        values["difference"] = count(abs(now.low - then.low))
    return _difference_sentence(now, then) % values


def _difference_sentence(now: Amount, then: Amount) -> str:
    are_exact = now.is_exact and then.is_exact
    if are_exact and now == then:
        return _("That is as many as in %(year)s.")
    if then.is_surely_less_than(now):
        more = _("That is %(difference)s more than in %(year)s (%(victims)s).")
        return more if are_exact else _("That is more than in %(year)s (%(victims)s).")
    if now.is_surely_less_than(then):
        fewer = _("That is %(difference)s fewer than in %(year)s (%(victims)s).")
        return fewer if are_exact else _("That is fewer than in %(year)s (%(victims)s).")
    return _("Whether that is more or fewer than in %(year)s (%(victims)s) cannot be said.")


# --- victims by sex, age or form -----------------------------------------------------------------------------------
def _say_split(breakdown: Breakdown) -> Said:
    years = breakdown.split_years()
    if not years:
        return Said(_not_split(breakdown.code))
    share = next((found for year in reversed(years) if (found := share_in(breakdown, year))), None)
    if share is None:
        return _say_masked(breakdown, years[-1])
    earlier = share_in(breakdown, share.year - 1, share.part) if share.year - 1 in years else None
    rest = (_earlier(earlier), _unknown(breakdown, share.year), _later(breakdown, share.year))
    return Said(_share(breakdown, share), tuple(sentence for sentence in rest if sentence))


def _not_split(code: str) -> str:
    return {
        "sex": _("For no year does UNODC give both women and men."),
        "age": _("For no year does UNODC give both children and adults."),
        "form": _("For no year does UNODC give a form of exploitation."),
    }[code]


def _say_masked(breakdown: Breakdown, year: int) -> Said:
    amounts = [part.amounts[year] for part in breakdown.parts if year in part.amounts]
    is_masked = not any(amount.is_exact for amount in amounts)
    head = _("In %(year)s only masked counts are given.") if is_masked else _("In %(year)s every count is masked or 0.")
    not_said = {
        "sex": _("What share were women or girls cannot be said."),
        "age": _("What share were children cannot be said."),
        "form": _("Which form was stated most often cannot be said."),
    }[breakdown.code]
    later = _later(breakdown, year)
    return Said(head % {"year": year}, (not_said, later) if later else (not_said,))


def _share(breakdown: Breakdown, share: Share) -> str:
    sentence = {
        "female": _("In %(year)s, %(part)s of the %(known)s people whose sex is known were women or girls: %(share)s."),
        "child": _("In %(year)s, %(part)s of the %(known)s people whose age is known were children: %(share)s."),
    }.get(share.part) or _form_sentence(share)
    label = next(str(part.label) for part in breakdown.parts if part.code == share.part)
    return sentence % {
        "year": share.year,
        "part": in_words(share.amount),
        "known": in_words(share.known),
        "share": percentage(share),
        "form": label[0].lower() + label[1:],
    }


def _form_sentence(share: Share) -> str:
    if share.is_largest:
        return _("Stated most often in %(year)s: %(form)s, %(part)s of %(known)s times (%(share)s).")
    return _("Stated in %(year)s: %(form)s, %(part)s of %(known)s times (%(share)s).")


def percentage(share: Share) -> str:
    """Write a share as a percentage, or as two where masked counts leave room."""
    if share.low == share.high:
        return f"{share.low}%"
    return _("%(low)s to %(high)s%%") % {"low": share.low, "high": share.high}


def _earlier(share: Share | None) -> str:
    if share is None:
        return ""
    return _("In %(year)s it was %(share)s.") % {"year": share.year, "share": percentage(share)}


def _unknown(breakdown: Breakdown, year: int) -> str:
    amount = next(series for series in breakdown.series if series.is_unknown).amounts.get(year)
    if year in breakdown.exceeding or amount == exactly(0):
        return ""
    if amount is None:
        return _("UNODC gives no total for that year, so of how many it is not known cannot be said.")
    sentence = {
        "sex": ngettext(
            "Of %(people)s person the sex is not known or not stated.",
            "Of %(people)s people the sex is not known or not stated.",
            amount.high,
        ),
        "age": ngettext(
            "Of %(people)s person the age is not known or not stated.",
            "Of %(people)s people the age is not known or not stated.",
            amount.high,
        ),
        "form": ngettext(
            "Of %(people)s person the form is not known or not stated.",
            "Of %(people)s people the form is not known or not stated.",
            amount.high,
        ),
    }[breakdown.code]
    return sentence % {"people": in_words(amount)}


def _later(breakdown: Breakdown, year: int) -> str:
    if any(later > year for part in breakdown.parts for later in part.amounts):
        return _("For later years UNODC gives too little to say a share.")
    is_last = year == max([*breakdown.total, year])
    return "" if is_last else _("For later years UNODC does not state it.")

"""Say a share in the words that a reader keeps: half, one in seven; and only where the numbers bear it."""

from django.utils.translation import gettext as _

from zicht.figures.shares import percentage_of

MOST = 10  # "one in eleven" is kept by nobody


def in_words(part: int, whole: int) -> str:
    """Give "half" or "one in seven", or nothing.

    One in N is said when whole / part rounds to N and the share rounds to the same whole percentage as 1 / N does: one
    in two is not said of 65%, though 1 / 0.65 rounds to two.
    """
    number = round(whole / part) if part else 0
    if not 2 <= number <= MOST or percentage_of(part, whole) != percentage_of(1, number):
        return ""
    return _("half") if number == 2 else _("one in %(number)s") % {"number": _numbers()[number]}


def _numbers() -> dict[int, str]:
    return {
        3: _("three"),
        4: _("four"),
        5: _("five"),
        6: _("six"),
        7: _("seven"),
        8: _("eight"),
        9: _("nine"),
        10: _("ten"),
    }

"""What can be wrong with a delivery of a justice partner; each error names the row and says what to do."""

from django.utils.translation import gettext_lazy as _

from zicht.figures.errors import ImportRefused


class NotDelivered(ImportRefused):
    sentence = _("The file needs exactly these columns, in UTF-8: %(columns)s. Nothing was imported.")


class DeliveryTooLarge(ImportRefused):
    sentence = _("The file is larger than 1 MB: a delivery holds counts, and no row for each person. It is not read.")


class NotAYear(ImportRefused):
    sentence = _("Row %(row)s: “%(value)s” is not a year between %(first)s and %(last)s. Nothing was imported.")


class UnknownWord(ImportRefused):
    sentence = _("Row %(row)s: “%(value)s” is not one of %(known)s. Nothing was imported.")


class NotACount(ImportRefused):
    sentence = _("Row %(row)s: “%(value)s” is not a whole number of persons. Nothing was imported.")


class Twice(ImportRefused):
    sentence = _("Row %(row)s gives a number that an earlier row gave. Nothing was imported.")


class NoTotal(ImportRefused):
    sentence = _("There is no total for %(stage)s in %(year)s. Give a row with split “total”. Nothing was imported.")


class MoreThanTotal(ImportRefused):
    sentence = _(
        "For %(stage)s in %(year)s, %(split)s counts %(found)s persons and the total is %(total)s. Each person stands "
        "in one category: give the main form where there are several. Nothing was imported."
    )


class SourceNotNamed(ImportRefused):
    sentence = _("Name who delivered the figures with --source. It stands under the table.")

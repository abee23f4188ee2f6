"""What is refused about webhooks."""

from django.utils.translation import gettext_lazy as _

from zicht.cases.errors import CasesError


class TooManyWebhooksError(CasesError):
    """An organisation has as many addresses as it can have."""

    sentence = _("There are as many webhooks as an organisation can have. Stop one that is no longer needed.")

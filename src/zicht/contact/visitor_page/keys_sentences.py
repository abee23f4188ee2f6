"""What the page of keys says while it works, by the name its script asks for; [words] are filled in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zicht.contact.visitor_page.desk_sentences import DESK_TEXTS

SHARED = ("passphrase-wrong", "wrong-root", "keys-differ", "failed", "refused", "signed-out")

KEYS_TEXTS: dict[str, str | Promise] = {
    **{name: DESK_TEXTS[name] for name in SHARED},
    "certificate-until": _("Your certificate holds until [day]."),
    "no-certificate": _("You have no certificate here. Without one you cannot vouch, and make no keys."),
    "certificate-taken": _(
        "The certificate holds. People for whom you vouched before and whose keys are the same: [count]."
    ),
    "key-until": _("Key [epoch] holds until [day]."),
    "no-desk-key": _("This desk has no key that holds. Visitors cannot chat."),
    "key-made": _("Key [epoch] was made for [count] people. Left out, because nobody could vouch: [out]."),
    "this-is-you": _("This is you."),
    "vouched": _("A lead vouched for these keys."),
    "lacks-keys": _("Some keys of the desk are missing here."),
    "approved-by": _("Approvals for older keys: [count]."),
    "approved": _("Your approval was kept."),
    "passed-on": _("[count] keys were passed on to [name]."),
    "show-words": _("Compare the words of [name]"),
    "vouch": _("The words are the same: vouch for [name]"),
    "approve": _("The words are the same: approve older keys for [name]"),
    "pass-on": _("Pass on the keys to [name]"),
    "why-no-keys": _("Has made no keys yet."),
    "why-changed": _("These are other keys than a lead vouched for. Compare the words again, in person."),
    "why-invented": _("What is shown as a voucher is about somebody else. Tell a lead."),
    "why-invented-lead": _("Whoever vouched was not appointed by the stewards. Tell a lead."),
    "why-unvouched": _("No lead vouched for these keys yet."),
    "why-expired": _("The certificate is over. The stewards sign a new one."),
    "why-not-approved": _("Two people have to approve this first, one of them a lead."),
    "why-not-yours": _("This certificate is for somebody else, or for keys that you had before."),
    "why-not-desk": _("This certificate is not for this desk."),
    "why-too-long": _("This certificate would hold for too long."),
    "why-refused": _("This was not signed by the stewards, or changed on the way."),
}

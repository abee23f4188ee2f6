"""What the checklist says while somebody fills it in, by the name its script asks for; [words] are filled in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXTS: dict[str, str | Promise] = {
    # --- signals
    "noted": _("Seen"),
    "absent": _("Not there"),
    "basis": _("What it rests on"),
    "day": _("When"),
    "shown": _("Signals below: [shown]."),
    "none-shown": _("No signal fits. Search for another word, or show all of them."),
    "count": _("Seen: [seen]. Not there: [absent]."),
    # --- the draft
    "kept": _("You go on with the checklist that you began on this phone. 24 hours after its beginning it is deleted."),
    "not-kept": _("This phone keeps nothing now. Finish before you close this page, or what you filled in is lost."),
    "over": _("The checklist that stood here was older than 24 hours and is deleted."),
    "erased": _("Everything that was filled in on this phone is erased."),
    # --- what is looked at before it is locked
    "who": _("Who looks"),
    "where": _("Where"),
    "age": _("Age"),
    "age-minor": _("seems under 18"),
    "age-adult": _("seems 18 or over"),
    "age-unknown": _("not known"),
    "place": _("Place"),
    "not-said": _("not filled in"),
    # --- locking and sending
    "nothing-marked": _("Mark at least one signal, also if it was not there."),
    "locking": _("One moment. The checklist is locked for intake."),
    "no-key": _(
        "Without a network once, this phone has no key to lock with. The draft stays. Come back with a network."
    ),
    "key-over": _("The key that this phone has is over. The draft stays. Come back with a network once, and finish."),
    "wrong-clock": _("The clock of this phone seems to be wrong. The draft stays. Set the clock right, and finish."),
    "not-trusted": _(
        "We cannot be sure that only intake could open it, so it was not locked. The draft stays. Please call."
    ),
    "no-room": _(
        "This phone has no room to keep it and there is no network, so it stands on this page only. Leave the page "
        "open, and finish again with a network. Or call."
    ),
    "will-be-sent": _("It is locked. It is sent as soon as there is a network, also when you come back later."),
    "sent": _("It is with intake."),
    "not-sent": _("It could not be sent. Look above."),
    "outbox-waiting": _("locked, waits for a network"),
    "outbox-late": _(
        "locked for a key that ended before there was a network. Nobody can open it now. Fill it in again, or call."
    ),
    "outbox-gone": _("intake does not have it any more. If you do not know whether somebody read it, call."),
    "outbox-remove": _("Remove from this list"),
}

"""What the page of the report box says, in words that everybody knows."""

from django.utils.translation import gettext_lazy as _

from zicht.contact.visitor_page.sentences import Sentence

# Who can report, as the page asks it; codes of the list form_audience.
AUDIENCES: dict[str, Sentence] = {
    "citizen": _("I saw or heard something, as a neighbour, friend, customer or in another way"),
    "professional": _("I report from my work"),
    "source": _("I have a tip for a news desk"),
}

# Said before the first question: what happens with a report, and what cannot be done.
REPORT_BEFORE: tuple[Sentence, ...] = (
    _("This is not for an emergency. We do not read your report at once. In danger? Call 112."),
    _(
        "People of the desk read your report and decide what happens. A report is no proof, and nobody is judged "
        "by it alone."
    ),
    _("You do not have to say who you are. Do not write the names of victims: we do not keep those."),
    _("Only you and the people of the desk you choose can read it. It is locked before it leaves your device."),
    _(
        "We cannot promise that something happens, or tell you everything. With a code you can come back and read "
        "an answer."
    ),
    _("Somebody who breaks into our computers could show you a false page. We cannot rule that out."),
    _("A report to a news desk goes to nobody else, unless you say yes to that."),
)

# By the name the script asks for; words in square brackets are filled in.
REPORT_TEXTS: dict[str, Sentence] = {
    "optional": _("(you may leave this out)"),
    "choose-who": _("Choose who you are."),
    "choose-desk": _("Choose to whom you report."),
    "page": _("Page [page] of [pages]"),
    "more-questions": _("Some more questions"),
    "fault-needed": _("This needs an answer."),
    "fault-choice": _("Choose one of these."),
    "fault-date": _("This is not a day until today."),
    "fault-place": _("Choose a municipality from the list."),
    "fault-long": _("This is too long. Make it shorter."),
    "picture": _("Picture [number]"),
    "drop-picture": _("Leave out picture [number]"),
    "pictures-along": _("Pictures that go along: [count]."),
    "pictures-refused": _("Pictures that could not be sent: [count]. You can describe them when you come back."),
    "nothing-filled": _("Nothing filled in."),
    "change-page": _("Change page [page]"),
    "goes-to": _("Your report goes to: [desks]."),
    "looking": _("One moment."),
    "opening": _("One moment. We look for your report."),
    "sending": _("One moment. We lock your report and send it. Leave this page open."),
    "no-line": _("No connection. What you wrote stays here and is sent when it is back."),
    "not-sent-to": _("Not sent to: [desks]. You can try it again."),
    "you": _("You"),
    "not-sent-yet": _("not sent yet"),
    "file": _("A picture or file was sent."),
    "end": _("The desk closed this report."),
    "state-waiting": _("Your report is there. Nobody of the desk has taken it up yet."),
    "state-open": _("Somebody of the desk works on your report."),
    "state-closed": _("The desk closed your report. You can still write; then somebody looks at it again."),
    "system-joined": _("[value] reads along now."),
    "system-left": _("[value] does not read along any more."),
    "system-closing": _("The desk closes soon."),
    "system-linked": _("The report goes on in another place."),
    "system-ended": _("The desk closed this report."),
    "system-danger": _("The desk thinks that somebody may be in danger. Call [value]."),
    "trouble": _(
        "Something that came in was changed, or is missing. Do not trust what you do not recognise. You can call."
    ),
    "not-wiped": _("It is not destroyed yet. Try it again."),
    "is-chat": _("This code belongs to a chat. Open it on the page of the chat."),
    "no-desk": _("You cannot report here now. Nothing was sent. You can call one of the numbers below."),
    "wrong-clock": _(
        "The clock of your device seems to be wrong, so we cannot lock your report. Set it right, or call."
    ),
    "too-long": _("Your answers are too long together. They are still here. Make one shorter."),
    "not-trusted": _(
        "We cannot be sure that your report would reach the desk alone, so nothing was sent. Please call."
    ),
    "unavailable": _("It did not work now. What you wrote is still here. Try again in a moment, or call."),
    "wiped": _("Everything was destroyed. You can call one of the numbers below."),
    "over": _("This report is not kept any more. You can call one of the numbers below."),
}

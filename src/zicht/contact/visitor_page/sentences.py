"""What the page says while somebody chats, and what it says before if the organisation has no words of its own."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise

# Said before the first message: what can be done and what cannot, without knowing where somebody is.
BEFORE: tuple[Sentence, ...] = (
    _("We do not know who you are or where you are. So we cannot send anybody to you. In danger? Call 112."),
    _("Only you and the people of the desk can read what you write."),
    _("Does somebody check your device? Then use another one. The list of visited pages still names this site."),
    _("Whoever runs the wifi can see that you opened this site, but not what you write."),
    _("Somebody who breaks into our computers could show you a false page. We cannot rule that out."),
    _("If you close this page, you cannot read the chat any more. With a code you can: ask for one in the chat."),
)

# By the name the script asks for; words in square brackets are filled in.
TEXTS: dict[str, Sentence] = {
    "is-open": _("Somebody is here now."),
    "nobody-free": _("We are open, but nobody is free right now. You can write already. Somebody will read it."),
    "queue": _("Waiting before you: [waiting]."),
    "wait": _("Mostly it takes [median] to [p90] minutes."),
    "wait-unknown": _("We do not know how long it takes."),
    "closed": _("Nobody is here now. You can leave a message."),
    "closed-until": _("Nobody is here now. You can leave a message. We are here again: [time]."),
    "no-desk": _("The chat does not work now. You can call one of the numbers below."),
    "waiting": _("You are in the queue. Somebody will come."),
    "position": _("You are number [position] in the queue."),
    "open": _("You are talking with somebody."),
    "readers": _("Others of the desk who read along: [readers]."),
    "message-left": _("Your message is kept. With a code you can read the answer later."),
    "not-connected": _("No connection. What you write is sent when it is back."),
    "ended": _("The chat has ended. You can call one of the numbers below."),
    "not-sent": _("not sent yet"),
    "you": _("You"),
    "end": _("The chat was ended."),
    "file": _("A picture or file was sent."),
    "system-joined": _("[value] reads along now."),
    "system-left": _("[value] does not read along any more."),
    "system-closing": _("We close soon. Your chat becomes a message."),
    "system-linked": _("The chat goes on in another place."),
    "system-ended": _("The chat was ended."),
    "system-danger": _("Look above: there you see whom you can call now."),
    "move": _("We think that others can help you better: [desk]. Do you want to go there?"),
    "attaching": _("One moment. The picture is locked and sent."),
    "attached": _("The picture was sent."),
    "no-picture": _("This is not a picture. Nothing was sent."),
    "not-attached": _("The picture was not sent. It may be too large. Try another one."),
    "trouble": _(
        "Something that came in was changed, or is missing. Do not trust what you do not recognise. You can call."
    ),
    "gap": _("A message is missing. It may still come."),
    "making-code": _("One moment, a code is being made."),
    "code": _("Your code. Whoever has it can read this chat, so keep it where only you look:"),
    "no-code": _("There is no code yet. Try it again in a moment."),
    "not-wiped": _("It is not destroyed yet. Try it again."),
    "wrong-clock": _(
        "The clock of your device seems to be wrong, so we cannot lock your message. Set it right, or call."
    ),
    "not-trusted": _("We cannot be sure that your message would reach us alone, so nothing was sent. Please call."),
    "too-long": _("Your message is too long, so nothing was sent. Make it shorter."),
    "unavailable": _("The chat does not work now, so nothing was sent. You can call one of the numbers below."),
    "wiped": _("Everything was destroyed. You can call one of the numbers below."),
    "is-report": _("This code belongs to a report. Open it on the page where you made the report."),
    "over": _("This chat is not kept any more. You can call one of the numbers below."),
}

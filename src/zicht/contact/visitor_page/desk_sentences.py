"""What the counsellors' page says while it works, by the name its script asks for; [words] are filled in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DESK_TEXTS: dict[str, str | Promise] = {
    # --- getting in
    "passphrase-wrong": _("That did not open your keys. Nothing was sent anywhere. Try again."),
    "passphrase-short": _("At least 15 characters: four or five words that only you put together."),
    "passphrase-differs": _("The two are not the same."),
    "wrong-root": _(
        "The key of your organisation on this server is not the one you trusted. Type nothing here and tell a lead "
        "at once."
    ),
    "keys-differ": _("The server shows keys that are not yours. Type nothing here and tell a lead at once."),
    "no-root": _("Your organisation has no key here yet. A desk lead enters it on the page of the desks."),
    "failed": _("That did not work. Nothing was lost. Try again in a moment."),
    "refused": _("The server refuses this now. The list shows how things stand."),
    "most": _("You have as many chats as you set. End one, or take more at once."),
    "claimed": _("A colleague was faster."),
    "not-available": _("You take no new chats now. Set yourself to available first."),
    "sure": _("This cannot be taken back. Are you sure?"),
    "no-key": _("The key of this desk has not come to you yet. A lead or colleague can pass it on."),
    "passphrase-changed": _(
        "From now on the new passphrase opens your keys. If somebody saw the old one, make new keys."
    ),
    "code-changed": _("Write this code down now. The one before opens nothing any more."),
    "passkey-added": _("This passkey opens your keys too."),
    "passkey-cannot": _(
        "This passkey or browser cannot give what is needed, or it was broken off. Nothing has changed."
    ),
    # --- the list
    "connected": _("Connected"),
    "not-connected": _("No connection. Trying again."),
    "signed-out": _("You are signed out. What you typed stays here: sign in in another window."),
    "desk-waiting": _("[desk]: the key has not come to you yet. You see that chats wait, and cannot open them."),
    "desk-not-trusted": _("[desk]: nobody you trust signed the newest key. Visitors cannot write. Tell a lead."),
    "desk-ending": _("[desk]: its key ends within two days. Without a new one visitors cannot write. Ask a lead."),
    "desk-changed": _("[desk]: people or their keys changed. Look on the page of keys whether that is right."),
    "number": _("Chat [number]"),
    "message-number": _("Message [number]"),
    "practice-number": _("Practice [number]"),
    "report-number": _("Report [number]"),
    "checklist-number": _("Checklist [number]"),
    "with": _("with [name]"),
    "read-along": _("read along: [names]"),
    "seen-by": _("opened by [names]"),
    "news": _("[count] new"),
    "since": _("since [hour]:00"),
    "can-return": _("can come back with a code"),
    # --- a chat
    "visitor": _("Visitor"),
    "reporter": _("Who reported"),
    "report-of": _("Answers to version [version] of the form. Somebody said this; nobody checked it."),
    "checklist-of": _("A finished checklist. Who made it cannot open it any more."),
    "along-observer": _("Who looked"),
    "along-situation": _("Where"),
    "along-age_band": _("Age"),
    "along-municipality": _("Municipality"),
    "along-address": _("Address, for a code that finds other reports about it; then forgotten"),
    "claim-chat": _("Take this chat"),
    "claim-report": _("Take this report up"),
    "end-chat": _("End the chat"),
    "end-report": _("Close the report"),
    "mine-checklist": _("This checklist is yours to look at. Whoever made it cannot be answered."),
    "mine-report": _("You work on this report. Your answer is read by who comes back with the code."),
    "other-report": _("[name] works on this report."),
    "source-yes-needed": _("Say first whether the source said yes. Nothing was taken along."),
    "not-sent": _("not sent yet"),
    "typing": _("The visitor is writing."),
    "end": _("The chat was ended."),
    "file": _("A file: [name]"),
    "system-joined": _("[value] reads along now."),
    "system-left": _("[value] does not read along any more."),
    "system-closing": _("The visitor was told that you close soon."),
    "system-linked": _("The chat goes on in another place."),
    "system-ended": _("The chat was ended."),
    "system-danger": _("The visitor was shown how to get help at once."),
    "trouble": _(
        "Something in this chat was changed, repeated or left out on its way. Do not rely on it. Tell a lead, and "
        "give the visitor a telephone number."
    ),
    "gap": _("A message of this chat is missing. It may still come."),
    "wiped": _("This chat was destroyed. Nobody can read it any more."),
    "waiting-state": _("Waits for somebody."),
    "waiting-message": _("A message that was left. Nobody is there now."),
    "mine-state": _("This is your chat."),
    "other-state": _("This is the chat of [name]. The visitor sees that you read along."),
    "closed-state": _("Closed."),
    "unseen": _("Not seen by the visitor yet: [count]."),
    "note-by": _("Note by [name]"),
    "note-danger": _("Danger, marked by [name]"),
    "in-danger": _("Danger"),
    "note-heavy": _("To be talked over, says [name]"),
    "note-unreadable": _("A note that cannot be opened here"),
    "move-nowhere": _("No other desk"),
    "show-picture": _("Show the picture, blurred"),
    "save-file": _("Keep it as a file"),
    "illegal": _("Illegal: destroy it without a copy"),
    "purged": _("It was destroyed without a copy. Follow the procedure of your organisation, and look after yourself."),
    "blurred": _("Picture, blurred until you press it"),
    "moved": _("The visitor is asked whether to go on at [desk]."),
}

"""Sentences of the drafts that the words do not have: what Zicht does, and against what."""

from django.utils.translation import gettext_lazy as _

# What a role may do with the register (attribute `register` of list staff_role).
REGISTER_ACTS = {
    "write": _("sees and changes every case behind its walls"),
    "open": _("opens cases, and sees those it owns or is in the team of"),
    "team": _("sees the cases it is in the team of"),
    "none": _("sees no case"),
}

WHY_ASSESS = (
    _("Special categories of data and data about crimes are kept on a scale that counts (GDPR art. 35(3)(b))."),
    _("The persons are vulnerable: victims, children, people without papers (WP 248 rev.01, criteria 4 and 7)."),
    _("Records of several organisations may be compared (WP 248 rev.01, criterion 6)."),
    _("A leak can cost somebody their safety."),
)

MEASURES = (
    _("Texts that can identify somebody are encrypted with one key for each record, kept outside the database."),
    _("Erasing a record destroys its key: no copy of the database opens its texts any more."),
    _("A password and a second factor; a session ends after eight hours at the latest."),
    _("Each query asks who is asking: what stands behind a wall is not there for whoever may not pass it."),
    _("Every look and every change is a line in a log that is chained, sealed and signed outside the database."),
    _("Accounts hold no name and no e-mail address; who manages accounts or supervises the log sees no content."),
    _("Tables are published after disclosure control; small numbers are left out."),
    _("Visitors' pages set no cookie and keep nothing about a visitor."),
)

RIGHTS = (
    _("Consent is asked by purpose and recipient, from whoever the law asks it of at that age, and can be withdrawn."),
    _("A suspected perpetrator never answers for the person, is not told anything and sees no file."),
    _("A person can see, take along, correct, limit and erase the data, object, and hear who looked."),
    _("A request is answered within a month; the term and its reason are kept (GDPR art. 12(3))."),
    _("A breach is written down, and its 72 hours run (GDPR art. 33)."),
)

RISKS = (
    (
        _("A trafficker finds out that somebody spoke, or where she is"),
        _("no names, no shelter addresses, places at most by municipality; walls, second factor, a log of every look"),
    ),
    (
        _("A parent who takes part in the exploitation acts for the child"),
        _("a named parent blocks every parent and guardian by default; what they said before is set aside"),
    ),
    (
        _("A colleague looks out of curiosity or under pressure"),
        _("each look is logged with its purpose; the privacy officer reads that log; texts are for the team only"),
    ),
    (
        _("A machine or a backup is stolen"),
        _("texts are sealed with keys that are kept apart; full-disk encryption is up to the organisation"),
    ),
    (
        _("Somebody is recognised in a table"),
        _("disclosure control with a threshold for each level of release; fields that are never published"),
    ),
    (
        _("Two people are taken for one, or one for two"),
        _("the program suggests with reasons, a person decides, and it can be undone"),
    ),
    (
        _("A suspicion sticks to somebody as a fact"),
        _("a status always has who decided it and when; every change is kept"),
    ),
    (
        _("Data are used for another purpose than they were given for"),
        _("walls between help, enforcement, press and documentation; every sharing names its legal basis"),
    ),
    (
        _("Data are kept longer than needed"),
        _("a daily task erases what is past its term, with its keys; the term is set by the privacy officer"),
    ),
)

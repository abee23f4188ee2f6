"""Sentences of the vocabulary that have one language there, so that the catalogue of Dutch texts has them too."""

from django.utils.translation import gettext, gettext_noop


def in_language(sentence: str) -> str:
    """Give a sentence of the vocabulary in the language of the reader."""
    return gettext(sentence)


SENTENCES = (
    gettext_noop("while partner, then 5 years"),
    gettext_noop(
        "by legal regime of the organisation (AVG, Wpg, press, youth/care law); default 5 years after closing "
        "for the coded fields; summary deleted at most 30 days after closing unless a case was opened; the "
        "conversation itself is not stored here"
    ),
    gettext_noop(
        "by legal regime of the organisation (AVG, Wpg, press, youth/care law); default pseudonym 5 years "
        "after last activity; match key destroyed when the estimate year is closed"
    ),
    gettext_noop("as person"),
    gettext_noop("as contact or case"),
    gettext_noop("as case"),
    gettext_noop(
        "by legal regime of the organisation (AVG, Wpg, press, youth/care law); default 5 years after closing"
    ),
    gettext_noop("until the year is closed, then only counts"),
    gettext_noop("as the data it covers, plus 1 year"),
    gettext_noop(
        "at least as long as the record shared; by legal regime of the organisation (AVG, Wpg, press, "
        "youth/care law); default 5 years"
    ),
    gettext_noop("while in use"),
    gettext_noop(
        "by legal regime (press, research); evidence: as long as the accountability purpose lasts, review "
        "every 5 years; a source_withdrawal is carried out first"
    ),
    gettext_noop("as source"),
    gettext_noop(
        "private persons: by legal regime (AVG, press, research), default 5 years, then review; states, "
        "companies, vessels: as source"
    ),
    gettext_noop("as actor"),
    gettext_noop("10 years"),
    gettext_noop("as yearly_report"),
    gettext_noop("permanent once published; a draft until it is replaced"),
    gettext_noop("as intake"),
    gettext_noop("as case; of a shelter while in use, then 5 years"),
    gettext_noop(
        "by legal regime of the organisation (AVG, Wpg, press, youth/care law); default 5 years after closing; "
        "the marks of a place two years at most, the keys behind them until the end of the year after"
    ),
    gettext_noop("permanent once published"),
    gettext_noop("by legal regime (Wpg has its own logging rules); default 5 years"),
    gettext_noop("as case; without a case 1 year after done, or earlier by legal regime"),
    gettext_noop("as case; without a case by legal regime, default 5 years"),
    gettext_noop("until replaced or the case is closed, then deleted at once"),
    gettext_noop("as long as answers given with it exist"),
    gettext_noop("as source, without what was withdrawn"),
    gettext_noop("by legal regime; default 5 years after closing"),
    gettext_noop("by legal regime; default 2 years after the answer"),
    gettext_noop("until closed, then 5 years, because lines of the access log refer to it"),
    gettext_noop("as account"),
    gettext_noop(
        "at least 5 years from the day it was written, or longer by legal regime (Wpg has its own rules); "
        "then pruned up to a signed checkpoint"
    ),
    gettext_noop("as long as the log exists; holds nothing about a person"),
    gettext_noop("permanent once figures made from it are published, else until replaced"),
    gettext_noop("as outside_edition"),
    gettext_noop("as the record it tells of, and unreadable from the moment its key is destroyed"),
    gettext_noop("by legal regime; default 5 years, because shares and records refer to it"),
    gettext_noop("while the organisation keeps records, then 5 years"),
    gettext_noop("by legal regime; default 5 years, so that it can be told that a record was erased, and why"),
    gettext_noop("30 days after it was sent or given up"),
    gettext_noop("while organisation"),
    gettext_noop("never published, in any form"),
    gettext_noop("only in tables that passed disclosure control"),
    gettext_noop("only as band or group, in tables that passed disclosure control"),
    gettext_noop("may be published as is"),
    gettext_noop("no limit"),
    gettext_noop("own organisation; partners on need"),
    gettext_noop(
        "own compartment; each share needs a legal basis row; never in logs or exports without disclosure control"
    ),
    gettext_noop(
        "encrypted at rest; never leaves the organisation; shortest retention; not searchable outside the case team"
    ),
    gettext_noop(
        "No IP address, device fingerprint or account is stored for a chat visitor, no user agent, and no "
        "text of the conversation; the only thread is a return code the visitor may keep."
    ),
    gettext_noop(
        "Birth date, name, identity number, telephone number, e-mail address and home address are not fields "
        "of this system; HTCDS has them, and a care system beside this one may hold them."
    ),
    gettext_noop(
        "Status of a person and role of an actor are allegations with a decider, a basis and a date, never bare facts."
    ),
    gettext_noop("Software may suggest signals and matches; only a named person confirms them."),
    gettext_noop("Every percentage states its denominator and how many records were unknown."),
    gettext_noop(
        "Records of a news desk stay in their own compartment; nothing flows to help or enforcement without "
        "the source's explicit yes."
    ),
    gettext_noop(
        "A person coded as suspected perpetrator can never give, refuse or withdraw consent for a victim, nor "
        "act for the victim in a data request."
    ),
    gettext_noop(
        "Free text about a person is never published; its help text asks for no names, addresses or numbers, "
        "and forms refuse questions that ask for them."
    ),
    gettext_noop(
        "Care files are kept by the legal regime of the organisation (AVG, Wpg, press, youth or care law), "
        "never by one number for all."
    ),
    gettext_noop("Shelter addresses are not stored."),
    gettext_noop("directly identifying"),
    gettext_noop("replaced by age_band"),
    gettext_noop("not needed, points to a person"),
    gettext_noop("one language is enough for the chain"),
    gettext_noop("directly identifying; contact runs through the return code or the care system"),
    gettext_noop("not needed for the chain; may be added as P2"),
    gettext_noop("too precise"),
    gettext_noop("look up a named organisation; place_event holds the coarse place"),
    gettext_noop("names a worker; the organisation is enough"),
    gettext_noop("free text about a person; coded fields instead"),
    gettext_noop("free text, deprecated in the standard"),
    gettext_noop("deprecated in the standard; see consent"),
)

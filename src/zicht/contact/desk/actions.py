"""What counsellors do with conversations. Each step is checked against the desks they belong to at that moment.

The access log names the desk and not the conversation: it is kept for years with exact times, and would otherwise hold
when each visitor spoke with whom.
"""

from uuid import UUID

from django.db import transaction

from zicht.contact.chat import statements, work
from zicht.contact.chat.actions import Written, append, close, tell_queue
from zicht.contact.chat.announcing import announce
from zicht.contact.chat.destroying import destroy
from zicht.contact.chat.errors import Claimed, Ended, FormatRefused, NotAvailable, NotYours, Unknown
from zicht.contact.chat.files import Chunk, keep, purge
from zicht.contact.chat.finding import desks_of, of_desk, take_turn
from zicht.contact.chat.news import BLOCKED, CHANGED, TYPING, News
from zicht.contact.chat.waits import count_wait
from zicht.contact.desk.queries import show_person
from zicht.contact.models import Availability, Claim, Conversation, Desk, Kind, Membership, Note, Reading, State
from zicht.contact.rules import REPORTED, wall_of
from zicht.contact.sealing.messages import SEALED_LENGTHS, Envelope
from zicht.contact.sealing.secret_keys import TO_VISITOR
from zicht.contact.sealing.xchacha import NONCE_LENGTH
from zicht.people.actions import record_access
from zicht.people.models import Account

NOTE_LENGTHS = frozenset(1 + NONCE_LENGTH + length for length in SEALED_LENGTHS)


@transaction.atomic
def claim(account: Account, conv_id: UUID) -> Conversation:
    """Make a waiting conversation one's own; a message that was answered before may be taken up again."""
    conversation = of_desk(account, conv_id, held=True)
    owner = getattr(conversation, "claim", None)
    if owner is not None and owner.account_id == account.pk:
        return conversation
    if owner is not None:
        raise Claimed(by=show_person(owner.account))
    if conversation.state == State.CLOSED:
        raise Ended
    if conversation.kind not in REPORTED:
        _refuse_who_takes_no_more(account, conversation)
    if conversation.kind == Kind.CHAT:
        count_wait(conversation)
    _give_to(account, conversation)
    record_access(account, "opened", "desk", conversation.desk_id, compartment=wall_of(account))
    return conversation


@transaction.atomic
def take_over(account: Account, conv_id: UUID) -> Conversation:
    """Take a conversation from a colleague, in the sight of the desk."""
    conversation = of_desk(account, conv_id, held=True)
    if conversation.state != State.OPEN:
        raise NotYours
    Claim.objects.filter(conversation=conversation).delete()
    _give_to(account, conversation)
    record_access(account, "changed", "desk", conversation.desk_id, compartment=wall_of(account))
    return conversation


def _give_to(account: Account, conversation: Conversation) -> None:
    Claim.objects.create(conversation=conversation, account=account)
    # Whoever opened it before sits in from now on only by reading it anew, which the visitor sees.
    conversation.readings.all().delete()
    conversation.state = State.OPEN
    conversation.save()
    tell_queue(conversation)


def _refuse_who_takes_no_more(account: Account, conversation: Conversation) -> None:
    """Raise NotAvailable for who makes a pause or finishes, Claimed for who has as many as she wanted."""
    # All her rows are held, so that two claims at the same moment are counted one after the other.
    mine = {one.desk_id: one for one in Membership.objects.select_for_update().filter(account=account, left_on=None)}
    member = mine[conversation.desk_id]
    if member.availability != Availability.AVAILABLE:
        raise NotAvailable(state=member.availability)
    if _talks_of(account) >= member.most_at_once:
        raise Claimed(most=member.most_at_once)


def _talks_of(account: Account) -> int:
    held = Claim.objects.filter(account=account, conversation__state=State.OPEN)
    return held.exclude(conversation__kind__in=REPORTED).count()


@transaction.atomic
def release(account: Account, conv_id: UUID, note: bytes | None = None) -> None:
    """Let a conversation wait for a colleague, with a note that only the desk can open."""
    conversation = own(account, conv_id)
    if note is not None:
        _keep_note(account, conversation, note)
    put_back(conversation)


def put_back(conversation: Conversation) -> None:
    """Let a conversation that is held wait again."""
    Claim.objects.filter(conversation=conversation).delete()
    conversation.state = State.WAITING
    conversation.save()
    tell_queue(conversation)


def own(account: Account, conv_id: UUID) -> Conversation:
    """Hold a conversation that an account has claimed; raise NotYours for any other of its desks."""
    conversation = of_desk(account, conv_id, held=True)
    owner = getattr(conversation, "claim", None)
    if conversation.state == State.CLOSED:
        raise Ended
    if owner is None or owner.account_id != account.pk:
        raise NotYours
    return conversation


@transaction.atomic
def append_of_desk(account: Account, conv_id: UUID, envelope: Envelope) -> Written:
    """Add what a counsellor wrote."""
    if envelope.conv_id != conv_id.bytes or envelope.direction != TO_VISITOR:
        raise FormatRefused
    conversation = statements.hold(conv_id)
    if conversation is None or conversation.desk_id not in desks_of(account):
        raise Unknown
    # A retry after a lost answer is answered as the first time, whoever has the conversation by now.
    if statements.find_by_nonce(conversation, envelope.nonce) is None:
        if conversation.state == State.CLOSED:
            raise Ended
        if statements.owner_of(conversation) != account.pk:
            raise NotYours
    return append(conversation, envelope)


@transaction.atomic
def read(account: Account, conv_id: UUID) -> Conversation:
    """Open a conversation to read it; one that is not one's own is logged, and the desk and the visitor see it."""
    conversation = of_desk(account, conv_id, held=True)
    owner = getattr(conversation, "claim", None)
    if owner is not None and owner.account_id == account.pk:
        return conversation
    _reading, is_new = Reading.objects.get_or_create(conversation=conversation, account=account)
    if is_new:
        announce(News(CHANGED, conversation.desk_id, conv_id))
        record_access(account, "seen", "desk", conversation.desk_id, compartment=wall_of(account))
    return conversation


@transaction.atomic
def stop_reading(account: Account, conv_id: UUID) -> None:
    """Sit in no longer with a colleague's chat; the visitor sees that."""
    conversation = of_desk(account, conv_id, held=True)
    owner = getattr(conversation, "claim", None)
    if owner is not None and conversation.readings.filter(account=account).delete()[0]:
        announce(News(CHANGED, conversation.desk_id, conv_id))


def tell_typing(account: Account, conv_id: UUID) -> None:
    """Tell the visitor that her counsellor types."""
    conversation = of_desk(account, conv_id)
    owner = getattr(conversation, "claim", None)
    if owner is not None and owner.account_id == account.pk:
        announce(News(TYPING, conversation.desk_id, conv_id, TO_VISITOR))


@transaction.atomic
def end(account: Account, conv_id: UUID) -> None:
    """Close one's conversation; closing it again changes nothing."""
    conversation = of_desk(account, conv_id, held=True)
    if conversation.state != State.CLOSED:
        close(own(account, conv_id))


@transaction.atomic
def wipe(account: Account, conv_id: UUID) -> None:
    """Destroy a conversation that one has claimed, or that is closed."""
    take_turn(conv_id)
    conversation = of_desk(account, conv_id, held=True)
    if conversation.state != State.CLOSED:
        own(account, conv_id)
    destroy(conversation, is_wiped=True)
    record_access(account, "erased", "desk", conversation.desk_id, compartment=wall_of(account))


@transaction.atomic
def offer_move(account: Account, conv_id: UUID, slug: str | None) -> None:
    """Ask the visitor whether she wants to go on at another desk; without one, take the question back."""
    conversation = own(account, conv_id)
    desk = Desk.objects.filter(slug=slug, purpose="chat").exclude(pk=conversation.desk_id).first() if slug else None
    if slug and desk is None:
        raise Unknown
    conversation.move_to = desk
    conversation.save()
    announce(News(CHANGED, conversation.desk_id, conv_id))


@transaction.atomic
def add_note(account: Account, conv_id: UUID, sealed: bytes) -> None:
    """Keep a note that a browser sealed with the key of the desk."""
    _keep_note(account, of_desk(account, conv_id, held=True), sealed)


def _keep_note(account: Account, conversation: Conversation, sealed: bytes) -> None:
    if len(sealed) not in NOTE_LENGTHS:
        raise FormatRefused
    Note.objects.create(conversation=conversation, account=account, sealed=sealed)
    announce(News(CHANGED, conversation.desk_id, conversation.conv_id))


@transaction.atomic
def set_presence(account: Account, availability: str, most: int) -> None:
    """Say whether one takes new chats, and how many at once."""
    if availability not in Availability or not 0 < most <= 10:
        raise FormatRefused
    Membership.objects.filter(account=account, left_on=None).update(availability=availability, most_at_once=most)


@transaction.atomic
def keep_chunk(account: Account, conv_id: UUID, chunk: Chunk) -> None:
    """Keep a chunk of a file that a counsellor sends."""
    conversation = own(account, conv_id)
    if not conversation.desk.takes_files:
        raise Unknown
    keep(conversation, chunk)


@transaction.atomic
def purge_file(account: Account, conv_id: UUID, direction: int, file_id: bytes) -> None:
    """Destroy a file without a copy, such as an illegal image; a row without content stays."""
    conversation = of_desk(account, conv_id, held=True)
    purge(conversation, direction, file_id)
    announce(News(CHANGED, conversation.desk_id, conv_id))
    record_access(account, "erased", "desk", conversation.desk_id, compartment=wall_of(account))


@transaction.atomic
def block(account: Account, conv_id: UUID) -> None:
    """End a conversation of somebody who abuses the chat, and let the next one from there cost more work."""
    conversation = own(account, conv_id)
    close(conversation)
    work.networks.block(conv_id)
    announce(News(BLOCKED, conversation.desk_id, conv_id))
    record_access(account, "changed", "desk", conversation.desk_id, compartment=wall_of(account))

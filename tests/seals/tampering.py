"""What whoever owns the database can do to it: with SQL, with triggers off, with the papers' disk."""

import hashlib

from django.core.files.base import ContentFile
from django.db import connection

from records.models import Document, Event
from reviews.models import Opinion
from tests.helpers import by_owner

NO_SEALS = "DELETE FROM seals_leaf; DELETE FROM seals_node; DELETE FROM seals_checkpoint"


def tamper(statement, *params):
    """Without any trigger and any foreign key."""
    with by_owner() as cursor:
        cursor.execute(f"SET LOCAL session_replication_role = replica; {statement}", params)
        cursor.execute("SET LOCAL session_replication_role = origin")


def make_true(world):
    """The papers of a test's world name no digest of theirs: write each anew, as the portal would have received it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
        )  # what is asked of the world itself
    for paper in Document.objects.all():
        content = str(paper.pk).encode()
        name = paper.file.storage.save(paper.file.name, ContentFile(content))  # the world's own file is every test's
        digest = hashlib.sha256(content).hexdigest()
        tamper("UPDATE records_document SET sha256 = %s, file = %s WHERE id = %s", digest, name, paper.pk)
        named = (
            "UPDATE records_event SET attachments = replace(attachments::text, %s, %s)::jsonb WHERE attachments <> '[]'"
        )
        tamper(named, paper.sha256, digest)
    rechain(world.claim)


def rechain(case):
    """Number and hash the lines of a case anew, so that its chain is whole."""
    previous = ""
    for number, event in enumerate(case.events.order_by("sequence"), start=1):
        event.sequence, event.previous_hash = number, previous
        event.hash = previous = event.digest()
        said = (event.sequence, event.previous_hash, event.hash, event.pk)
        tamper("UPDATE records_event SET sequence = %s, previous_hash = %s, hash = %s WHERE id = %s", *said)


def event_of(world):
    """The second line of the decided application."""
    return world.case.events.get(sequence=2)


def say(world, column, value):
    tamper(f"UPDATE records_event SET {column} = %s WHERE id = %s", value, event_of(world).pk)


def said_anew(world):
    say(world, "text", "改写的意见")
    event = event_of(world)
    tamper("UPDATE records_event SET hash = %s WHERE id = %s", event.digest(), event.pk)


def chained_anew(world):
    say(world, "text", "改写的意见")
    rechain(world.case)


def middle_gone(world):
    tamper("DELETE FROM records_event WHERE id = %s", event_of(world).pk)


def middle_gone_and_chained(world):
    middle_gone(world)
    rechain(world.case)


def last_gone(world):
    tamper("DELETE FROM records_event WHERE id = %s", world.case.events.latest("sequence").pk)


def swapped(world):
    one, other = world.case.events.order_by("sequence")[:2]
    tamper("UPDATE records_event SET sequence = 99 WHERE id = %s", one.pk)
    tamper("UPDATE records_event SET sequence = %s WHERE id = %s", one.sequence, other.pk)
    tamper("UPDATE records_event SET sequence = %s WHERE id = %s", other.sequence, one.pk)
    rechain(world.case)


def slipped_in(world):
    """A line between two others, of the same act by somebody else."""
    event = event_of(world)
    tamper(
        "UPDATE records_event SET sequence = sequence + 1000 WHERE case_type_id = %s AND case_id = %s AND sequence > 2",
        event.case_type_id,
        event.case_id,
    )
    copy = Event.objects.get(pk=event.pk)
    copy.pk, copy.sequence = None, 3
    copy.save(force_insert=True)
    rechain(world.case)


def case_gone(world):
    """The whole case with everything that hangs on it."""
    case, kind = world.case, event_of(world).case_type_id
    tamper(
        "DELETE FROM reviews_opinion WHERE turn_id IN (SELECT id FROM reviews_turn WHERE case_type_id = %s AND case_id = %s)",
        kind,
        case.pk,
    )
    tamper("DELETE FROM records_event WHERE case_type_id = %s AND case_id = %s", kind, case.pk)
    tamper("DELETE FROM vouchers_ledgerentry WHERE application_id = %s", case.pk)
    tamper(
        "UPDATE vouchers_quotaaccount own SET (reserved, approved, used) = (SELECT coalesce(sum(reserved), 0),"
        " coalesce(sum(approved), 0), coalesce(sum(used), 0) FROM vouchers_ledgerentry WHERE account_id = own.id)"
    )
    tamper("DELETE FROM vouchers_application WHERE id = %s", case.pk)


def case_and_leaves_gone(world):
    case_gone(world)
    tamper("DELETE FROM seals_leaf leaf WHERE kind = 1 AND NOT EXISTS (SELECT FROM records_event WHERE id = leaf.line)")
    tamper(
        "DELETE FROM seals_leaf leaf WHERE kind = 2 AND NOT EXISTS (SELECT FROM vouchers_ledgerentry WHERE id = leaf.line)"
    )
    tamper(
        "DELETE FROM seals_leaf leaf WHERE kind = 3 AND NOT EXISTS (SELECT FROM reviews_opinion WHERE id = leaf.line)"
    )


def case_gone_and_numbered(world):
    case_and_leaves_gone(world)
    places = "SELECT number AS old, row_number() OVER (ORDER BY number) - 1 AS place FROM seals_leaf"
    tamper(f"UPDATE seals_leaf SET number = -1 - own.place FROM ({places}) own WHERE number = own.old")
    tamper("UPDATE seals_leaf SET number = -1 - number")


def sealed_anew(world):
    """The past is rewritten whole, and the stolen key signs it."""
    case_gone(world)
    tamper(NO_SEALS)


def rolled_back(world):
    """Yesterday's backup: the last lines are not there, nor their leaves and checkpoints."""
    last = world.case.events.latest("sequence")
    tamper("DELETE FROM records_event WHERE id >= %s", last.pk)
    tamper(NO_SEALS)


def entry(world):
    return world.case.entries.latest("pk")


def amount(world):
    tamper("UPDATE vouchers_ledgerentry SET approved = approved - 1 WHERE id = %s", entry(world).pk)


def amount_and_sums(world):
    amount(world)
    tamper("UPDATE vouchers_quotaaccount SET approved = approved - 1 WHERE id = %s", world.case.account_id)
    tamper("UPDATE vouchers_application SET approved_amount = approved_amount - 1 WHERE id = %s", world.case.pk)


def entry_gone(world):
    one = entry(world)
    tamper("DELETE FROM vouchers_ledgerentry WHERE id = %s", one.pk)
    tamper(
        "UPDATE vouchers_quotaaccount SET reserved = reserved - %s, approved = approved - %s WHERE id = %s",
        one.reserved,
        one.approved,
        one.account_id,
    )


def sums(world):
    tamper("UPDATE vouchers_quotaaccount SET approved = approved - 1 WHERE id = %s", world.case.account_id)


def decided_amount(world):
    tamper("UPDATE vouchers_application SET approved_amount = approved_amount - 1 WHERE id = %s", world.case.pk)


def paid_amount(world):
    tamper("UPDATE redemption_claim SET final_amount = final_amount - 1 WHERE id = %s", world.claim.pk)


def opinion(world):
    return Opinion.objects.filter(turn__in=world.case.turns.all()).latest("pk")


def opine(world, column, value):
    tamper(f"UPDATE reviews_opinion SET {column} = %s WHERE id = %s", value, opinion(world).pk)


def opinion_gone(world):
    tamper("DELETE FROM reviews_opinion WHERE id = %s", opinion(world).pk)


def opinion_elsewhere(world):
    tamper("UPDATE reviews_turn SET case_id = %s WHERE id = %s", world.case.pk + 1, opinion(world).turn_id)


def state(world):
    tamper("UPDATE vouchers_application SET state = 'voided' WHERE id = %s", world.case.pk)


def leaf_too(world):
    chained_anew(world)
    tamper("DELETE FROM seals_leaf WHERE kind = 1 AND line = %s", event_of(world).pk)


def node(world):
    tamper("INSERT INTO seals_node (level, index, hash) VALUES (8, 0, sha256('x'))")


def checkpoint_root(world):
    tamper("UPDATE seals_checkpoint SET root = sha256('x')")


def checkpoint_text(world):
    tamper("UPDATE seals_checkpoint SET text = replace(text, 'tten/test', 'tten/else')")


def trigger_off(world):
    with by_owner() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE records_event DISABLE TRIGGER records_event_append_only"
        )


def trigger_gone(world):
    with by_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; DROP TRIGGER seals_leaf_kept_whole ON seals_leaf")


def guard_emptied(world):
    with by_owner() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION records_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'"
        )


def paper(world):
    return world.claim.stamped_form


def file_changed(world):
    with paper(world).file.storage.open(paper(world).file.name, "ab") as file:
        file.write(b"!")


def file_gone(world):
    paper(world).file.storage.delete(paper(world).file.name)


def file_and_row(world):
    file_changed(world)
    with paper(world).file.storage.open(paper(world).file.name) as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    tamper("UPDATE records_document SET sha256 = %s WHERE id = %s", digest, paper(world).pk)

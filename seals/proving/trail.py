"""The trail: each case's lines follow each other without gap, each says what its hash says, and ends where the case stands."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from records.models import Case
from redemption.models import Claim
from seals.proving.asking import Matter, broken
from vouchers.models import Application

DIGEST = """encode(sha256(convert_to('[' || to_json(previous_hash) || ', ' || case_type_id || ', ' || case_id || ', ' || sequence
    || ', ' || to_json(step) || ', ' || to_json(from_state) || ', ' || to_json(to_state) || ', ' || actor_id
    || ', ' || to_json(office) || ', ' || to_json(text) || ', ' || attachments
    || ', "' || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
    || CASE WHEN date_trunc('second', at) = at THEN '' ELSE to_char(at, '.US') END || '+00:00"]', 'UTF8')), 'hex')"""
CHAIN = f"""
SELECT id, case_type_id, case_id, sequence FROM (
    SELECT id, case_type_id, case_id, sequence, previous_hash, hash, {DIGEST} AS digest,
           lag(hash) OVER chain AS before, row_number() OVER chain AS place
      FROM records_event WINDOW chain AS (PARTITION BY case_type_id, case_id ORDER BY sequence)
) line
 WHERE sequence <> place OR previous_hash <> coalesce(before, '') OR hash <> digest
 ORDER BY id
"""
ENDS_ELSEWHERE = """
SELECT kept.id, kept.state, coalesce(last.to_state, %s) FROM {table} kept {join} JOIN (
    SELECT DISTINCT ON (case_id) case_id, to_state FROM records_event
     WHERE case_type_id = %s AND to_state <> '' ORDER BY case_id, sequence DESC
) last ON last.case_id = kept.id
 WHERE coalesce(last.to_state, %s) <> kept.state ORDER BY kept.id
"""
OF_NOTHING = """
SELECT id, case_id FROM records_event own
 WHERE case_type_id = %s AND NOT EXISTS (SELECT FROM {table} kept WHERE kept.id = own.case_id) ORDER BY id
"""
MOVED_ALWAYS = (Application, Claim)  # the portal alone writes them, so that no state is without its line


def chains() -> Iterator[str]:
    """Lines that were changed, added between, or stand behind one that is gone."""
    for pk, kind, key, sequence in broken(CHAIN):
        yield f"操作留痕 {pk}（{Matter(kind, key)}，第 {sequence} 条）：内容、次序与摘要不符。"


def first_state(model: type[Case]) -> str:
    """The state in which such a case begins."""
    options: Any = model._meta
    return str(options.get_field("state").get_default())


def cases() -> Iterator[str]:
    """Cases that stand elsewhere than their trail ends, and trails of cases that are gone."""
    for model in (model for model in apps.get_models() if issubclass(model, Case)):
        kind, first = ContentType.objects.get_for_model(model), first_state(model)
        table, join = model._meta.db_table, "LEFT" if issubclass(model, MOVED_ALWAYS) else ""
        statement = ENDS_ELSEWHERE.format(table=table, join=join)
        for key, state, told in broken(statement, [first, kind.pk, first]):
            yield f"{Matter(kind.pk, key)}：状态是 {state}，留痕的最后一步到 {told}。"
        for pk, key in broken(OF_NOTHING.format(table=table), [kind.pk]):
            yield f"操作留痕 {pk}：它所说的{kind.name} {key} 不见了。"

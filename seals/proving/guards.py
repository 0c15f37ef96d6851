"""The guards of the database: no trigger that refuses a change was dropped, switched off or emptied."""

from collections.abc import Iterator

from seals.proving.asking import broken

KEPT_WHOLE = (  # what is only ever added
    *("records_event", "vouchers_ledgerentry", "reviews_opinion", "reviews_remark", "reviews_question"),
    *("reviews_questionpaper", "reviews_reply", "registers_reply", "accounts_unitsnapshot", "accounts_signinevent"),
    *("seals_leaf", "seals_node", "seals_checkpoint", "seals_stamp", "seals_takeover"),
    "seals_audit",
)
ON_ROWS, ON_TRUNCATE = 24, 32  # bits of pg_trigger.tgtype: UPDATE and DELETE; TRUNCATE
OFF = """
SELECT name FROM unnest(%s::text[]) name WHERE EXISTS (SELECT FROM unnest(%s::int[]) bits WHERE NOT EXISTS (
    SELECT FROM pg_trigger own JOIN pg_proc refusal ON refusal.oid = own.tgfoid
     WHERE own.tgrelid = to_regclass(name) AND own.tgenabled IN ('O', 'A') AND own.tgtype & bits <> 0
       AND refusal.proname = 'records_refuse_change' AND refusal.prosrc LIKE '%%RAISE EXCEPTION%%')) ORDER BY name
"""


def guards() -> Iterator[str]:
    """Tables whose guards do not stand."""
    for (name,) in broken(OFF, [list(KEPT_WHOLE), [ON_ROWS, ON_TRUNCATE]]):
        yield f"数据表 {name}：拒绝修改、删除和清空的触发器被关闭或删除。"

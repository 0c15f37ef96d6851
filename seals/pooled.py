"""The accounts behind a pooler: one of pages, one of workers, both with the rights of the application role (ADR 0222).

A session at the server belongs to nobody there, so that what holds for pages and what holds for workers (time-outs, how
statements are planned) belongs to the account: it is in force from the first statement on, whoever gets the session next.
"""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection, transaction

from seals.granting import POWERS, asked, exists, make_account, quoted, role

HELD = """
SELECT coalesce(s.setconfig, '{}'::text[]) FROM pg_roles r LEFT JOIN pg_db_role_setting s ON s.setrole = r.oid AND s.setdatabase = 0
 WHERE r.rolname = %(role)s
"""
ABOVE = """
SELECT a.rolname::text FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member JOIN pg_roles a ON a.oid = m.roleid
 WHERE r.rolname = %(role)s ORDER BY 1
"""


def parts() -> dict[str, dict[str, str]]:
    """{part: what holds for its statements}, as tten/patience.py says it."""
    found: dict[str, dict[str, str]] = settings.SEALING["pooled"]
    return found


def account_of(part: str) -> str:
    """The name of the account by which pages (web) or workers (worker) sign in through the pooler."""
    return f"{role()}_{part}"


@transaction.atomic
def make_accounts() -> None:
    """Make both, members of the application role, with what holds for each. Safe to repeat."""
    with connection.cursor() as cursor:
        for part, wanted in parts().items():
            name = account_of(part)
            make_account(name)
            cursor.execute(f"GRANT {quoted(role())} TO {quoted(name)}")
            cursor.execute(f"ALTER ROLE {quoted(name)} INHERIT; ALTER ROLE {quoted(name)} RESET ALL")
            for setting, value in wanted.items():
                cursor.execute(f"ALTER ROLE {quoted(name)} SET {setting} = %s", [value])


def differences() -> Iterator[str]:
    """Where those that are there differ from what they should be, in sentences."""
    for part, wanted in parts().items():
        name = account_of(part)
        if not exists(name):
            continue
        for (word,) in asked(POWERS, role=name):
            if word != "MEMBER":
                yield f"连接池账户 {name} 有不应有的权力：{word}。"
        if (above := [one for (one,) in asked(ABOVE, role=name)]) != [role()]:
            yield f"连接池账户 {name} 应当只属于 {role()}，实际属于 {'、'.join(above) or '无'}。"
        ((held,),) = asked(HELD, role=name)
        if odd := sorted(set(held) ^ {f"{setting}={value}" for setting, value in wanted.items()}):
            yield f"连接池账户 {name} 的时限等设置与程序不符：{'、'.join(odd)}。请用数据库所有者的账户运行 manage.py roles --pooled。"

"""What stands outside the portal, as the environment names it: what tten/settings.py keeps as REGISTERS, NOTICES, BACKUPS and so on."""

from typing import Any

import environ

from tten.patience import PATIENCE, role_settings

DEMONSTRATED, OVER_HTTP = "tten.demo.registers.ask", "registers.http.ask"


Line = dict[str, str | int]


def registers(env: environ.Env, *, demo: bool) -> dict[str, Line]:
    """How each register is reached, by its name; one without a backend is not connected."""
    lines = {"enterprise": enterprise(env), "credit": credit(env), "invoice": invoice(env)}
    for line in lines.values():
        line["backend"] = line["backend"] or (DEMONSTRATED if demo else OVER_HTTP if line["address"] else "")
    return lines


def asking(env: environ.Env) -> dict[str, float]:
    """How all of them are asked."""
    return {
        "seconds": env.float("REGISTER_SECONDS", default=3.0),  # seconds a register is waited for, 3 at most
        "fresh_hours": env.float("REGISTER_FRESH_HOURS", default=24.0),  # hours for which its answer is not asked again
        "lookups_a_day": env.int("LOOKUPS_A_DAY", default=20),  # 查询登记信息 of one person in a day
    }


def enterprise(env: environ.Env) -> Line:
    """企业登记信息."""
    return {
        "address": env.str(
            "ENTERPRISE_ADDRESS", default=""
        ),  # of 企业登记信息; empty: not connected (docs/registers.md)
        "key": env.str("ENTERPRISE_KEY", default=""),  # what is sent there as Bearer
        "backend": env.str("ENTERPRISE_BACKEND", default=""),  # a function by its path, instead of registers.http.ask
        "a_day": env.int("ENTERPRISE_A_DAY", default=2000),  # questions a day, all units together
    }


def credit(env: environ.Env) -> Line:
    """信用信息."""
    return {
        "address": env.str("CREDIT_ADDRESS", default=""),  # of 信用信息; empty: not connected
        "key": env.str("CREDIT_KEY", default=""),  # what is sent there as Bearer
        "backend": env.str("CREDIT_BACKEND", default=""),  # a function by its path, instead of registers.http.ask
        "a_day": env.int("CREDIT_A_DAY", default=2000),  # questions a day, all units together
    }


def invoice(env: environ.Env) -> Line:
    """发票查验."""
    return {
        "address": env.str("INVOICE_ADDRESS", default=""),  # of 发票查验; empty: not connected
        "key": env.str("INVOICE_KEY", default=""),  # what is sent there as Bearer
        "backend": env.str("INVOICE_BACKEND", default=""),  # a function by its path, instead of registers.http.ask
        "a_day": env.int("INVOICE_A_DAY", default=1000),  # questions a day, all invoices together
        "each_a_day": env.int(
            "INVOICE_EACH_A_DAY", default=5
        ),  # questions a day about one invoice, as the service has it
    }


def notices(env: environ.Env) -> dict[str, Any]:
    """How notices leave: the class of each channel's line, its quiet hours, the second gateway, the 服务号."""
    return {
        "lines": {
            "mail": "notifications.channels.MailLine",
            "sms": "accounts.sms.lines.TextLine",
            "wechat": "notifications.wechat.WechatLine",
        },
        "quiet": (
            env.int(
                "QUIET_FROM", default=22
            ),  # hour from which no text and no 微信 message leaves, codes apart; 24: none
            env.int("QUIET_UNTIL", default=7),  # hour of the morning until which; 0: midnight
        ),
        "sms_second": env.str(
            "SMS_SECOND_BACKEND", default=""
        ),  # a second gateway, a function by its path; empty: none
        "sms_slow_seconds": env.float("SMS_SLOW_SECONDS", default=3.0),  # seconds beyond which an answer is slow
        "sms_slow_share": env.float("SMS_SLOW_SHARE", default=0.5),  # of slow answers at which the second one has it
        "wechat": {
            "address": env.str("WECHAT_MESSAGE_ADDRESS", default="https://api.weixin.qq.com"),  # of template messages
            "app_id": env.str("WECHAT_MESSAGE_APP_ID", default=""),  # of the 服务号
            "secret": env.str("WECHAT_MESSAGE_SECRET", default=""),  # its AppSecret
            "template": env.str("WECHAT_MESSAGE_TEMPLATE", default=""),  # id of the approved template; empty: no 微信
            "fields": env.str("WECHAT_MESSAGE_FIELDS", default="thing1,time2"),  # its two fields: matter, time
        },
    }


def sealing(env: environ.Env) -> dict[str, Any]:
    """Where the key stands that signs checkpoints, how the log is called (seals/signing.py), the application role, who stamps."""
    return {
        "folder": env.str("SEAL_FOLDER", default="var/seals"),  # folder of the signing key, never in the database
        "origin": env.str("SEAL_ORIGIN", default="tten/seals"),  # name of the log in checkpoints; part of the key
        "role": env.str(
            "APPLICATION_ROLE", default=""
        ),  # of the database, made by `manage.py roles`; empty: one account
        "pooled": {part: role_settings(part, PATIENCE[part]) for part in ("web", "worker")},  # seals/pooled.py
        "password": env.str("APPLICATION_PASSWORD", default=""),  # of that role, set by `manage.py roles`; empty: left
        "stamp_address": env.str(
            "STAMP_ADDRESS", default=""
        ),  # of a time stamping service (RFC 3161); empty: no stamps
        "stamp_roots": env.str("STAMP_ROOTS", default=""),  # PEM file of the root certificates that its stamps lead to
        "stamp_minutes": env.int("STAMP_MINUTES", default=60),  # minutes from one stamp to the next, at least
        "stamp_seconds": env.float("STAMP_SECONDS", default=10.0),  # seconds for which its answer is waited for
    }


def backups(env: environ.Env) -> dict[str, Any]:
    """Where backups go, by which account, and how long they are kept (backups/places.py, docs/operations.md)."""
    return {
        "folder": env.str("BACKUP_FOLDER", default=""),  # folder of the backups, best on another machine; empty: none
        "key_file": env.str("BACKUP_KEY_FILE", default="var/backup.key"),  # file of their key; keep a copy elsewhere
        "incoming": env.str("BACKUP_WAL_FOLDER", default="var/wal"),  # folder on this machine where the log arrives
        "database_url": env.str(
            "BACKUP_DATABASE_URL", default=""
        ),  # of an account with REPLICATION; empty: as DATABASE_URL
        "programs": env.str("BACKUP_PROGRAMS", default=""),  # folder of PostgreSQL's programs; empty: looked for
        "days": env.int("BACKUP_DAYS", default=7),  # days of which the last backup is kept, and the log
        "weeks": env.int("BACKUP_WEEKS", default=5),  # weeks of which the last backup is kept
        "months": env.int("BACKUP_MONTHS", default=12),  # months of which the last backup is kept
        "old_hours": env.int("BACKUP_OLD_HOURS", default=26),  # hours after which a last backup is too old
        "behind_seconds": env.int("BACKUP_BEHIND_SECONDS", default=300),  # seconds the kept log may lag before an alarm
    }


def replica(env: environ.Env) -> dict[str, Any]:
    """The replica for reading, and how far it may lag (ui/reading.py, ADR 0224)."""
    return {
        "url": env.str("REPLICA_URL", default=""),  # of a replica that follows DATABASE_URL by its log; empty: none
        "lag_seconds": env.int("REPLICA_LAG_SECONDS", default=10),  # seconds by which what is shown of it may be old
    }


def line_beside(primary: dict[str, Any], url: str) -> dict[str, dict[str, Any]]:
    """The line to the replica, as that to the primary but for what its own address says; nobody waits long for it."""
    if not url:
        return {}
    given = environ.Env.db_url_config(url)
    patient = {"connect_timeout": 2, "tcp_user_timeout": 5_000} | given.get("OPTIONS", {})
    same = {name: primary["OPTIONS"][name] for name in ("options",) if name in primary["OPTIONS"]}
    own = {"ENGINE": "tten.replica", "CONN_HEALTH_CHECKS": False, "OPTIONS": same | patient}
    return {"replica": primary | given | own}


def paper_store(env: environ.Env) -> dict[str, Any]:
    """Where papers lie, and how the bucket is reached if one of the places is one (records/storing, ADR 0226)."""
    bucket = {
        "endpoint_url": env.str("S3_ADDRESS", default=""),  # of the S3 service, as the portal reaches it
        "public_address": env.str("S3_PUBLIC_ADDRESS", default=""),  # as browsers reach it; empty: the same
        "bucket_name": env.str("S3_BUCKET", default="tten"),  # private bucket of the portal's own
        "region_name": env.str("S3_REGION", default="us-east-1"),  # region that signatures name
        "access_key": env.str("S3_KEY", default=""),  # account there
        "secret_key": env.str("S3_SECRET", default=""),  # and its secret, signs each request
        "links": env.bool("S3_LINKS", default=True),  # downloads by a signed link of a minute; off: through the portal
        "seconds": env.float("S3_SECONDS", default=10.0),  # seconds for which its answer is waited for
        "checksums": env.str(
            "S3_CHECKSUMS", default="when_required"
        ),  # when_supported sends and checks CRC of each file, where the service takes them
    }
    places = env.list("PAPER_PLACES", default=["disk"])  # disk or s3; two while papers move, new ones go to the first
    return {"BACKEND": "records.storing.places.PaperStore", "OPTIONS": {"places": places, "bucket": bucket}}


def limits(env: environ.Env) -> dict[str, tuple[int, int]]:
    """How often what is dear is answered to one person, {what: (number, seconds)}; 0 is without end (tten/dear.py)."""
    minute, hour = 60, 3600
    return {
        "search": (env.int("LIMIT_SEARCHES", default=120), minute),  # searches and pages of lists a minute, of a person
        "paper": (env.int("LIMIT_PAPERS", default=1200), minute),  # papers and pictures of their pages a minute
        "print": (env.int("LIMIT_PRINTS", default=120), 10 * minute),  # documents printed as PDF in ten minutes
        "export": (env.int("LIMIT_EXPORTS", default=60), 10 * minute),  # exports and downloads in ten minutes
        "upload": (env.int("LIMIT_UPLOADS", default=120), minute),  # forms with papers a minute
        "signup": (env.int("LIMIT_SIGNUPS", default=20), hour),  # registrations an hour
        "code": (env.int("LIMIT_CODES", default=60), hour),  # codes asked for and typed an hour
        "answer": (env.int("LIMIT_ANSWERS", default=30), hour),  # 有用 and 没用 said of the manual an hour
        "shared": (env.int("LIMIT_SHARED", default=5), 1),  # times as much for visitors behind one address
    }

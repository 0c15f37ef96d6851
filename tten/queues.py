"""Which queue a task goes to, and who works it off (ADR 0078): read by the settings, the launcher and the tests.

What a person waits for has a queue and a worker of its own: a mail server that hangs holds no text back, and no mail with a
code waits behind notices.
"""

ROUTES = {
    "accounts.sms.tasks.deliver_text": {"queue": "texts"},
    "accounts.sms.tasks.sweep_texts": {"queue": "texts"},
    "accounts.login.tasks.deliver_mail": {"queue": "codes"},
    "accounts.login.tasks.sweep_account_mails": {"queue": "codes"},
    "notifications.tasks.*": {"queue": "mails"},
    "registers.tasks.*": {"queue": "registers"},
    "seals.tasks.stamp_latest": {"queue": "registers"},  # it waits for somebody else's answer, too
    "accounts.own_data.tasks.export_data": {"queue": "exports"},
    "accounts.own_data.tasks.sweep_exports": {"queue": "exports"},
    "accounts.exports.tasks.*": {"queue": "exports"},
    "catalog.sheets.tasks.*": {"queue": "exports"},
    "catalog.gallery.tasks.*": {"queue": "pictures"},
    "news.tasks.*": {"queue": "pictures"},
    "catalog.desk.tasks.*": {"queue": "exports"},
    "reviews.bulk.tasks.*": {"queue": "exports"},
    "tten.announcing.tasks.*": {"queue": "exports"},
    "redemption.form.tasks.*": {"queue": "exports"},
    "backups.tasks.back_up": {"queue": "backups"},
    "papers.tasks.*": {"queue": "papers"},
    "records.pictures.tasks.*": {"queue": "pictures"},
}
WORKERS = {  # name → what `celery worker` is told; threads for what waits for a line, processes for what computes
    "worker": ("--queues", "celery,exports", "--concurrency", "2"),
    "texts": ("--queues", "texts", "--pool", "threads", "--concurrency", "4"),
    "codes": ("--queues", "codes", "--pool", "threads", "--concurrency", "4"),
    "mails": ("--queues", "mails,registers", "--pool", "threads", "--concurrency", "2"),
    "papers": ("--queues", "papers", "--concurrency", "1"),  # it reads one paper after the other, each in a child
    "pictures": (
        "--queues",
        "pictures",
        "--pool",
        "threads",
        "--concurrency",
        "2",
    ),  # each waits for a child that draws
}
APART = {  # likewise, in production alone: beside PostgreSQL's own programs (Dockerfile.backup)
    "backups": ("--queues", "backups", "--concurrency", "1"),
}

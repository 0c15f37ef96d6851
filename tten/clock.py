"""What runs by the clock; its words for people stand in tten/admin.py."""

from celery.schedules import crontab

EACH_MINUTE = {"schedule": crontab(), "options": {"expire_seconds": 60}}  # none is kept for a worker that is away
SCHEDULE = {  # times of day in Tianjin; every task is safe twice
    "vouchers that lapse": {"task": "vouchers.tasks.lapse", "schedule": crontab(minute=10, hour=0)},
    "claims that lapse": {"task": "redemption.tasks.lapse", "schedule": crontab(minute=20, hour=0)},
    "vouchers to remind of": {"task": "vouchers.tasks.remind", "schedule": crontab(minute=30, hour=8)},
    "claims to remind of": {"task": "redemption.tasks.remind", "schedule": crontab(minute=30, hour=8)},
    "questions to remind of": {"task": "reviews.tasks.remind_of_questions", "schedule": crontab(minute=30, hour=8)},
    "offices to remind": {"task": "reviews.watch.tasks.watch_offices", "schedule": crontab(minute=40, hour=8)},
    "experts to remind": {"task": "reviews.watch.tasks.watch_seats", "schedule": crontab(minute=40, hour=8)},
    "what the city is told": {"task": "reviews.watch.tasks.tell_the_city", "schedule": crontab(minute=0, hour=9)},
    "usual times": {"task": "reviews.pace.tasks.renew_usual_times", "schedule": crontab(minute=10, hour=2)},
    "work of the months": {"task": "reviews.tasks.count_months", "schedule": crontab(minute=15, hour=1)},
    "admissions that end": {"task": "catalog.tasks.expire", "schedule": crontab(minute=5, hour=0)},
    "a shelf that differs": {"task": "catalog.tasks.check_shelf", "schedule": crontab(minute=30, hour=3)},
    "words of the search": {"task": "catalog.tasks.renew_search", "schedule": crontab(minute=0, hour=4)},
    "admissions to remind of": {"task": "catalog.tasks.remind", "schedule": crontab(minute=30, hour=8)},
    "exports past their days": {"task": "accounts.own_data.tasks.tidy_data", "schedule": crontab(minute=40)},
    "accounts to delete": {"task": "accounts.own_data.tasks.delete_accounts", "schedule": crontab(minute=50, hour=0)},
    "licences that end": {
        "task": "accounts.certification.tasks.expire_licences",
        "schedule": crontab(minute=5, hour=0),
    },
    "licences to remind of": {
        "task": "accounts.certification.tasks.remind_of_licences",
        "schedule": crontab(minute=30, hour=8),
    },
    "mails not sent": EACH_MINUTE | {"task": "notifications.tasks.sweep"},
    "texts not sent": EACH_MINUTE | {"task": "accounts.sms.tasks.sweep_texts"},
    "codes not sent": EACH_MINUTE | {"task": "accounts.login.tasks.sweep_account_mails"},
    "exports not made": EACH_MINUTE | {"task": "accounts.own_data.tasks.sweep_exports"},
    "lists not exported": EACH_MINUTE | {"task": "accounts.exports.tasks.sweep_lists"},
    "lists past their days": {"task": "accounts.exports.tasks.tidy_lists", "schedule": crontab(minute=40)},
    "claim forms not made": EACH_MINUTE | {"task": "redemption.form.tasks.sweep_claim_forms"},
    "spreadsheets not read": EACH_MINUTE | {"task": "catalog.sheets.tasks.sweep_sheets"},
    "spreadsheets past their days": {
        "task": "catalog.sheets.tasks.tidy_sheets",
        "schedule": crontab(minute=25, hour=3),
    },
    "acts not carried out": EACH_MINUTE | {"task": "catalog.desk.tasks.sweep_acts"},
    "bulk decisions not carried out": EACH_MINUTE | {"task": "reviews.bulk.tasks.sweep_bulk"},
    "decisions that rest": EACH_MINUTE | {"task": "reviews.rests.tasks.sweep_rests"},
    "questions to registers": EACH_MINUTE | {"task": "registers.tasks.sweep_questions"},
    "old questions": {"task": "registers.tasks.forget_questions", "schedule": crontab(minute=55, hour=3)},
    "papers not read": EACH_MINUTE | {"task": "papers.tasks.sweep_readings"},
    "old mails": {"task": "accounts.login.tasks.forget_account_mails", "schedule": crontab(minute=50, hour=3)},
    "promised days that move": {
        "task": "accounts.members.joining.tasks.put_off_promises",
        "schedule": crontab(minute=2, hour=0),
    },
    "papers that nothing names": {"task": "records.tasks.remove_papers", "schedule": crontab(minute=20, hour=3)},
    "old answers": {"task": "records.tasks.forget_answers", "schedule": crontab(minute=35)},
    "forms typed and not sent": {"task": "accounts.security.tasks.forget_forms", "schedule": crontab(minute=35)},
    "old sign-ins": {"task": "accounts.history.tasks.forget_sign_ins", "schedule": crontab(minute=40, hour=3)},
    "old texts": {"task": "accounts.sms.tasks.forget_texts", "schedule": crontab(minute=45, hour=3)},
}

"""The inside of benchmarks/sweep.py, where Django stands: mails that are due, a mail server, one worker."""

import resource
import socketserver
import threading
import time

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from notifications import delivery
from notifications.models import Delivery, Notice
from tten.local.say import say

LIMIT = 0.018  # seconds of a worker for each mail: 10 000 in three minutes


class Mailbox(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs to be content."""

    def handle(self) -> None:
        """Take every mail."""
        self.wfile.write(b"220 bench\r\n")
        taking = False
        for line in self.rfile:
            word = line.strip().upper()
            if taking and word != b".":
                continue
            taking = not taking and word == b"DATA"
            self.wfile.write(b"354 go on\r\n" if taking else b"250 ok\r\n")


def measure(mails: int) -> int:
    """Write the mails, sweep them, and say what it took; 1 where that was too long."""
    write(mails)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND, settings.EMAIL_PORT = (
            "django.core.mail.backends.smtp.EmailBackend",
            server.server_address[1],
        )
        sweeps, cpu, wall = sweep_all()
        server.shutdown()
    left = Delivery.objects.filter(sent_at=None).count()
    each = 1000 * wall / mails
    say(f"| {mails:,} mails | {sweeps} | {cpu:.0f} | {wall:.0f} | {each:.1f} ms | {LIMIT * mails:.0f} | {left} |")
    return int(wall > LIMIT * mails or left > 0)


def write(mails: int) -> None:
    """That many notices of one person, each with its mail, all due."""
    person = User.objects.create(username="bench")
    notices = Notice.objects.bulk_create(
        Notice(recipient=person, kind="bench", subject=f"复审通过 {number}", body="正文" * 100, url="/")
        for number in range(mails)
    )
    due = timezone.now()
    Delivery.objects.bulk_create(Delivery(notice=notice, address="a@bench.example", due_at=due) for notice in notices)


def sweep_all() -> tuple[int, float, float]:
    """Sweep until nothing is left: (sweeps, CPU seconds of Python with the mail server, seconds on the clock)."""
    began, sweeps = time.monotonic(), 1
    before = resource.getrusage(resource.RUSAGE_SELF)
    while delivery.sweep():
        sweeps += 1
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return sweeps, spent, time.monotonic() - began

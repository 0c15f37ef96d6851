"""What a spreadsheet of ten thousand rows costs: `python -m benchmarks.sheets [--rows 10000]`.

Starts a PostgreSQL of its own with the small demo, brings a list of new laboratories and one of new products in, and
counts for each step the CPU seconds of the worker, its reader and PostgreSQL, and the most memory that worker and
reader have held at a time (the worker waits while its reader reads). Prints the table of docs/performance.md and ends
with 1 where a limit is not met.
"""

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass

from benchmarks.cpu import seconds_of
from tten.local import services
from tten.local.paths import PYTHON, ROOT, home_of
from tten.local.say import LocalError, say

KIND = "bench-sheets"
SECONDS, MEGABYTES = 60, 250  # of an import: reading and publishing
KINDS = ("laboratories", "products")
STEPS = ("judge", "publish", "undo")
BRINGING = """
import io
from django.core.files.base import ContentFile
from accounts.models import User
from catalog.models import Category
from catalog.sheets.kinds import KINDS
from catalog.sheets.services import ask_import
from tten.demo import names
from ui.sheets import write_list
kind, many = "{kind}", {rows}
leaves = list(Category.objects.filter(children=None, parent__isnull=False).select_related("parent"))
hosts = [names.code(number, "12", "120000") for number in range(9000, 9400)]
about = "按标准方法检测试样，出具盖章的检测报告；客户提供试样十件以上和技术要求。" * 3
def laboratory(number):
    host = number % len(hosts)
    return {{"name": f"第{{number}}样例实验室（演示）", "host_name": f"样例研究院{{host}}（演示）", "host_uscc": hosts[host],
             "region": "天津", "kind": "省部级重点实验室", "areas": "新材料、先进制造", "instruments": "扫描电镜、拉力机",
             "address": "天津市示例区样例路 1 号", "contact": "贾样例", "phone": "022-60000000", "summary": about}}
def product(number):
    leaf = leaves[number % len(leaves)]
    return {{"provider": "JJJ%05d" % (number % 1000 + 1), "name": f"第{{number}}样例检测（演示）",
             "category": f"{{leaf.parent}}/{{leaf}}", "summary": "样例", "description": about, "deliverable": "检测报告",
             "duration": "10 天", "price": str(100 + number), "price_unit": "次"}}
columns = KINDS[kind].columns
row = {{"laboratories": laboratory, "products": product}}[kind]
out = io.BytesIO()
rows = ([values.get(column.name, "") for column in columns] for values in map(row, range(many)))
write_list(out, "名单", [column.title for column in columns], rows)
batch = {{"batch": 9, "published_on": "2026-11-24"}} if kind == "laboratories" else {{}}
file = ContentFile(out.getvalue(), "list.xlsx")
print(ask_import(file, by=User.objects.get(username="curator"), kind=kind, form="xlsx", **batch).pk)
"""
WORKING = """
import resource
from accounts.models import User
from catalog.models import SheetImport
from catalog.sheets import services, work
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sheet = SheetImport.objects.latest("pk")
if "{step}" != "judge":
    getattr(services, "{step}_import")(sheet, by=User.objects.get(username="curator"))
assert getattr(work, "{step}_sheet")(sheet.pk)
sheet.refresh_from_db()
counts = sheet.counts()
assert sheet.stage in {{"ready", "published", "undone"}} and counts["new"] == {rows} and not counts["left"], (sheet.stage, counts)
own, reader = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(sum(spent.ru_utime + spent.ru_stime for spent in (own, reader)), max(own.ru_maxrss, base + reader.ru_maxrss) / 1024)
"""


@dataclass
class Step:
    """What one step cost."""

    name: str
    python: float  # seconds of CPU
    postgres: float
    megabytes: float
    wall: float

    @property
    def row(self) -> str:
        """The step as a line of the table."""
        both = self.python + self.postgres
        return f"| {self.name} | {self.python:.1f} | {self.postgres:.1f} | {both:.1f} | {self.megabytes:.0f} | {self.wall:.0f} |"


def main() -> int:
    """Load, measure, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=10_000)
    rows = words.parse_args().rows
    services.forget(KIND)
    environment = prepare()
    steps = {(kind, step): measure(environment, kind, step, rows) for kind in KINDS for step in STEPS}
    services.forget(KIND)
    say("| step | CPU of Python, s | of PostgreSQL, s | both | memory, MB | wall, s |")
    say("| --- | ---: | ---: | ---: | ---: | ---: |")
    say("\n".join(step.row for step in steps.values()))
    spent = [sum(steps[kind, step].python + steps[kind, step].postgres for step in STEPS[:2]) for kind in KINDS]
    held = max(step.megabytes for step in steps.values())
    say(f"an import: {max(spent):.0f} s of CPU (limit {SECONDS}), {held:.0f} MB (limit {MEGABYTES})")
    return int(max(spent) > SECONDS or held > MEGABYTES)


def prepare() -> dict[str, str]:
    """Start the servers and load the small demo."""
    media = home_of(KIND) / "media"
    media.mkdir(exist_ok=True)
    own = {"DEMO": "1", "DEBUG": "0", "HTTPS": "0", "SECRET_KEY": "bench", "MEDIA_ROOT": str(media)}
    environment = os.environ | own | services.start(KIND, durable=False)
    for command in (("migrate", "--no-input", "-v0"), ("demo", "--once")):
        manage(environment, *command)
    return environment


def measure(environment: dict[str, str], kind: str, step: str, rows: int) -> Step:
    """Carry out one step in a process of its own, as a worker does."""
    if step == STEPS[0]:
        manage(environment, "shell", "-v0", "-c", BRINGING.format(kind=kind, rows=rows))
    server = int((home_of(KIND) / "postgres.pid").read_text().split()[0])
    before, start = seconds_of([server]), time.monotonic()
    told = manage(environment, "shell", "-v0", "-c", WORKING.format(step=step, rows=rows))
    python, megabytes = map(float, told.split()[-2:])
    spent = seconds_of([server]) - before
    return Step(f"{step}, {rows:,} {kind}", python, spent, megabytes, time.monotonic() - start)


def manage(environment: dict[str, str], *words: str) -> str:
    """Run a command of the portal and return what it prints; LocalError where it fails."""
    done = subprocess.run(
        [PYTHON, "manage.py", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise LocalError(f"{words[0]}:\n{(done.stdout + done.stderr).strip()[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LocalError as refusal:
        say(f"✗ {refusal}")
        sys.exit(1)

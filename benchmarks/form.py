"""What the 兑现申请表 costs to make, beside a plain WeasyPrint call: `python -m benchmarks.form [--rounds 5] [--lines 2 20 300]`.

The other side is the HTML of commit 76a9e59 with the machine's Noto CJK, given to WeasyPrint as its manual shows it. Each
side renders in a process of its own, in turns, warm; the memory is that of a process that has made one form of 300 invoices
and nothing else. Prints the table of docs/performance.md and ends with 1 where a limit is not met.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from statistics import median
from typing import Self

from benchmarks.copies import copy_of
from tten.local.paths import PYTHON, ROOT
from tten.local.say import say

BEFORE = "76a9e59"
LINES = (2, 20, 300)  # invoices, and as many receipts
MOST_TIMES, MOST_MB = 0.5, 300
FEW = 100  # more than that take seconds: one round of them
SETTLE = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tten.settings'; django.setup()\n"
WRITE = f"""
from pathlib import Path
import sys
from django.template.loader import render_to_string
from redemption.pdf import STYLE, TEMPLATE, context_of
from tests.redemption.sample_form import sample_form
for lines in {LINES}:
    Path(sys.argv[1], f"{{lines}}.html").write_text(render_to_string(TEMPLATE, context_of(sample_form(lines=lines))))
faces = {{"TTEN Song Rest": "Serif", "TTEN Song": "Serif", "TTEN Fang": "Serif", "TTEN Hei": "Sans"}}
style = STYLE.read_text()
for ours, noto in faces.items():
    style = style.replace(ours, f"Noto {{noto}} CJK SC")
Path(sys.argv[1], "form.css").write_text(style)
"""
MEASURE = """
import json, resource, sys, time
def spent(make):
    start = time.process_time()
    make()
    return time.process_time() - start
for order in sys.stdin:
    cost = spent(lambda: make(int(order)))
    print(json.dumps([cost, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]), flush=True)
"""
PLAIN = """
from pathlib import Path
from weasyprint import CSS, HTML
def make(lines):
    HTML(string=Path(sys.argv[1], f"{lines}.html").read_text()).write_pdf(stylesheets=[CSS(filename=f"{sys.argv[1]}/form.css")])
"""
OURS = """
from redemption.form.pdf import render_claim_form
from tests.redemption.sample_form import sample_form
def make(lines):
    render_claim_form(sample_form(lines=lines))
"""


class Side:
    """A process that renders a form of so many lines whenever it is told, and says what that cost."""

    def __init__(self, program: str, folder: str) -> None:
        words = [str(PYTHON), "-c", "import sys\n" + program + MEASURE, folder]
        self.process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def make(self, lines: int) -> tuple[float, float]:
        """CPU seconds, and the most memory of the process so far in MB."""
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("the process has no pipes")
        self.process.stdin.write(f"{lines}\n")
        self.process.stdin.flush()
        cost, memory = json.loads(self.process.stdout.readline())
        return cost, memory


def main() -> int:
    """Lay the older HTML out, let both sides render in turns, print."""
    words = argparse.ArgumentParser(prog="python -m benchmarks.form")
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--lines", type=int, nargs="+", choices=LINES, default=LINES)
    asked = words.parse_args()
    os.environ |= {"SECRET_KEY": "x" * 50, "DATABASE_URL": "postgres:///none", "REDIS_URL": "redis://none"}  # not asked
    with tempfile.TemporaryDirectory() as folder, copy_of(BEFORE) as tree:
        subprocess.run([PYTHON, "-c", SETTLE + WRITE, folder], cwd=tree, check=True)
        say("| invoices | plain, CPU ms | ours, CPU ms | × plain | limit |\n| ---: | ---: | ---: | ---: | ---: |")
        rows = [row_of(lines, asked.rounds if lines < FEW else 1, folder) for lines in asked.lines]
        memory = memory_of(folder)
    say(f"\nA process that makes one form of {LINES[-1]} invoices: {memory:.0f} MB at most (limit {MOST_MB}).")
    return int(memory > MOST_MB or any(times > MOST_TIMES for times in rows))


def row_of(lines: int, rounds: int, folder: str) -> float:
    """Print the line of the table, medians of paired rounds, and return how many times the plain call ours costs."""
    with Side(PLAIN, folder) as plain, Side(SETTLE + OURS, folder) as ours:
        pairs = [(plain.make(lines)[0], ours.make(lines)[0]) for _ in range(rounds + 1)][1:]  # the first is cold
    times = median(own / other for other, own in pairs)
    other, own = (median(costs) * 1000 for costs in zip(*pairs, strict=True))
    say(f"| {lines} | {other:.0f} | {own:.0f} | {times:.2f} | {MOST_TIMES} |")
    return times


def memory_of(folder: str) -> float:
    """MB of a process that has made one form of many invoices."""
    with Side(SETTLE + OURS, folder) as ours:
        return ours.make(LINES[-1])[1]


if __name__ == "__main__":
    sys.exit(main())

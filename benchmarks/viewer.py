"""What it costs to show a paper: `python -m benchmarks.viewer`.

Starts a PostgreSQL of its own with the small demo and works as the worker does: draws contracts of ten pages, in turn with
the floor page, and counts the CPU of the child until the first page's picture is there, that of child and worker for the
first four pages in both sizes, and that of taking the picture once it is kept. Then it draws the papers that are hardest to
hold, with the most memory (PSS) that the child and its fork have had. Prints the table of docs/performance.md and ends with
1 where a limit is not met.
"""

import json
import sys

from benchmarks.sheets import KIND, manage, prepare
from tten.local import services
from tten.local.say import LocalError, say

MADE, KEPT, KILOBYTES, MEGABYTES = 12, 0.5, 250, 400
MEASURING = """
import io, json, statistics, threading, time, uuid
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from PIL import Image
from django.core.files.base import ContentFile
from django.test import Client
from weasyprint import HTML
from accounts.models import User
from benchmarks.floor import ADDRESS
from records.models import Document
from records.pictures import services
from records.pictures.drawer import a_drawer
from records.pictures.views import picture_of
words = "甲方委托乙方就下列项目提供检验检测服务，乙方接受委托并按约定期限提交成果，合同总金额 20,000.00 元。"
page = "<section><h1>技术服务合同（演示）</h1>" + f"<p>{words}</p>" * 12 + "</section>"
style = "<style>@page{size:A4;margin:25mm}section{break-after:page}p{line-height:1.7}</style>"
contract = HTML(string=style + page * 10).write_pdf()
user, client = User.objects.first(), Client()
def paper(content):
    sha256 = uuid.uuid4().hex * 2
    return Document.objects.create(file=ContentFile(content, "x"), name="合同.pdf", content_type="application/pdf",
                                   size=len(content), sha256=sha256, received_sha256=sha256, created_by=user)
def spent(act):
    start = time.process_time()
    act()
    return time.process_time() - start
def told(content, kind, pages):
    with TemporaryDirectory() as folder, a_drawer() as drawer:
        copy = Path(folder) / "paper"
        copy.write_bytes(content)
        with closing(drawer.draw(copy, kind, pages)) as lines:
            for line in lines:
                yield line
def first(content):
    return next(line["cpu"] for line in told(content, "pdf", [1]) if "page" in line)
def pss(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(int(text.split()[1]) for one in (pid, *children)
               for text in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines() if text.startswith("Pss:"))
def most_held(content, kind):
    found, done = [0], threading.Event()
    with a_drawer() as drawer:
        list(drawer._lines())
        pid = drawer.process.pid
    def look():
        while not done.wait(0.01):
            try:
                found.append(pss(pid))
            except (OSError, ProcessLookupError):
                pass
    watcher = threading.Thread(target=look)
    watcher.start()
    lines = list(told(content, kind, [1, 2, 3, 4]))
    done.set()
    watcher.join()
    return max(found) / 1024, next((line["word"] or "made" for line in lines if "word" in line), "killed")
def image(size, form, mode="RGB"):
    out = io.BytesIO()
    Image.new(mode, size, 90 if mode == "L" else (90, 120, 40)).save(out, form)
    return out.getvalue()
def scan(width, height):
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "PDF", quality=40)
    return out.getvalue()
floors, firsts, fours, besides, kepts = [], [], [], [], []
for _ in range(24):
    floors.append(statistics.mean(spent(lambda: client.get(ADDRESS)) for _ in range(5)))
    firsts.append(first(contract))
    document = paper(contract)
    if len(fours) < 6:
        fours.append(next(line["cpu"] for line in told(contract, "pdf", [1, 2, 3, 4]) if "end" in line))
        besides.append(spent(lambda: services.draw(document.pk)))
        last = document
    kepts.append(statistics.mean(spent(lambda: picture_of(last.sha256, 1, zoom=False)) for _ in range(5)))
hard = {
    "ten pages of text": (contract, "pdf"),
    "PDF of a scan of A4 at 600 dpi": (scan(4960, 7016), "pdf"),
    "photograph of 108 million pixels": (image((12000, 9000), "JPEG"), "image"),
    "PNG of 39 million pixels": (image((6200, 6300), "PNG"), "image"),
    "PNG of 108 million pixels": (image((12000, 9000), "PNG"), "image"),
    "XML of 7 MB": (b"<a>" + b"<b>1</b>" * 900_000 + b"</a>", "xml"),
}
print(json.dumps({
    "floor": statistics.median(floors), "first": statistics.median(firsts), "four": statistics.median(fours),
    "beside": statistics.median(besides), "kept": statistics.median(kepts),
    "bytes": len(picture_of(last.sha256, 1, zoom=False)), "near": len(picture_of(last.sha256, 1, zoom=True)),
    "most": {name: most_held(*given) for name, given in hard.items()},
}))
"""


def main() -> int:
    """Load, measure, print."""
    services.forget(KIND)
    found = json.loads(
        manage(
            prepare() | {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"}, "shell", "-v0", "-c", MEASURING
        ).splitlines()[-1]
    )
    services.forget(KIND)
    floor, most = found["floor"], found["most"]
    made, kept, kilobytes = found["first"] / floor, found["kept"] / floor, found["bytes"] / 1000
    say("| what | measured | limit |\n| --- | ---: | ---: |")
    say(f"| the floor page, ms of CPU | {floor * 1000:.2f} | |")
    say(f"| first page of a contract of ten: its picture made, × | {made:.1f} | {MADE} |")
    say(f"| four pages in both sizes, by the child, × | {found['four'] / floor:.1f} | |")
    say(f"| what the worker does beside it, × | {found['beside'] / floor:.1f} | |")
    say(f"| a picture that is kept, read from the storage, × | {kept:.2f} | {KEPT} |")
    say(f"| first page's picture, kB | {kilobytes:.0f} | {KILOBYTES} |")
    say(f"| the same from near, kB | {found['near'] / 1000:.0f} | |")
    say("\n".join(f"| {name} ({word}), MB | {held:.0f} | {MEGABYTES} |" for name, (held, word) in most.items()))
    held = max(held for held, _ in most.values())
    return int(made > MADE or kept > KEPT or kilobytes > KILOBYTES or held > MEGABYTES)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LocalError as refusal:
        say(f"✗ {refusal}")
        sys.exit(1)

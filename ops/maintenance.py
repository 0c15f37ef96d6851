"""The page that says until when the portal is shut: `python3 ops/maintenance.py on "2026-12-05 22:00" [why]`, then `… off`.

Writes one file, which the proxy of this host looks for at each request; nothing is loaded anew, and nothing else ends it.
"""

import datetime as dt
import html
import string
import sys
from pathlib import Path

NGINX = Path(__file__).resolve().parent / "nginx"
FOLDER, TEMPLATE = NGINX / "_shut", NGINX / "shut.html.template"
PAGE = "page.html"
CITY = dt.timezone(dt.timedelta(hours=8))  # whatever zone the host has
FORM = "%Y-%m-%d %H:%M"
WHY = "为了升级系统，网站暂时关闭。"
USAGE = '用法：python3 ops/maintenance.py on "2026-12-05 22:00" [原因]，或 python3 ops/maintenance.py off\n'


def main(words: list[str], folder: Path = FOLDER) -> int:
    """Shut or open; 2 where the words are none of these, or the time has gone by."""
    refused = ""
    match words:
        case ["off"]:
            (folder / PAGE).unlink(missing_ok=True)
            sys.stdout.write("网站已经开放。\n")
        case ["on", until] | ["on", until, _]:
            refused = shut(folder, until, *words[2:])
        case _:
            refused = USAGE
    sys.stderr.write(refused)
    return 2 if refused else 0


def shut(folder: Path, said: str, why: str = WHY) -> str:
    """Write the page whole, then put it in its place; what is wrong with the time, where that is so. said: the city's time."""
    try:
        until = dt.datetime.strptime(said, FORM).replace(tzinfo=CITY)
    except ValueError:
        return f"恢复的时间“{said}”应写成 2026-12-05 22:00 的样子。\n{USAGE}"
    if until <= dt.datetime.now(CITY):
        return f"{said} 已经过去，请写以后的时间。\n{USAGE}"
    folder.mkdir(exist_ok=True)
    spoken = f"{until.year} 年 {until.month} 月 {until.day} 日 {until:%H:%M}"
    page = string.Template(TEMPLATE.read_text(encoding="utf-8")).substitute(until=spoken, why=html.escape(why))
    new = folder / f"{PAGE}.new"
    new.write_text(page, encoding="utf-8")
    new.replace(folder / PAGE)
    sys.stdout.write(f"网站已经关闭，页面上写着 {spoken} 恢复；开放：python3 ops/maintenance.py off\n")
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/bin/sh
# Version:   linkify-it-py 2.2.0.
# Belief:    an address in a Chinese sentence is found, and ends before ，。）》、 as it does before their Latin sisters.
# Behaviour: with a path the link runs on over these signs and the words behind them to the next space, of which a Chinese
#            sentence has none; and behind a Chinese character without a space no address is found at all. Mail addresses are
#            cut before ，.
# Whom:      whoever makes links in notices and answers written in Chinese (markdown-it-py's linkify uses this).
# Way out:   an own expression that ends an address at the first sign outside ASCII, or addresses in brackets of the markup.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check linkify-it-py==2.2.0
"$work/venv/bin/python" - <<'END'
from linkify_it import LinkifyIt

HELP = "https:" + "//portal.example.cn/help"
SEEN = {
    f"see {HELP}, then apply": [HELP],
    f"详见 {HELP}，办理前请备齐材料": [f"{HELP}，办理前请备齐材料"],
    f"指南（{HELP}）。": [f"{HELP}）。"],
    f"详见{HELP} 办理": [],
    "邮件至 desk@example.cn，或致电": ["mailto:desk@example.cn"],
}
told = {text: [found.url for found in LinkifyIt().match(text) or ()] for text in SEEN}
for text, links in told.items():
    print(f"{text} -> {links}".replace(HELP, "HELP"))
raise SystemExit(told != SEEN)
END
# Output seen:
# see HELP, then apply -> ['HELP']
# 详见 HELP，办理前请备齐材料 -> ['HELP，办理前请备齐材料']
# 指南（HELP）。 -> ['HELP）。']
# 详见HELP 办理 -> []
# 邮件至 desk@example.cn，或致电 -> ['mailto:desk@example.cn']

#!/bin/sh
# Version:   jionlp 1.5.31.
# Belief:    parse_money reads an amount as people write it, 3万5千元 as 35,000; what it cannot read it refuses.
# Behaviour: where Arabic figures stand before 万 and a figure in the thousands after it, the 万 is counted twice: 3万5千元 is told
#            as 65000.00, "accurate". The same in Chinese figures (五万三千元, 伍万叁仟元) is right, as is a fraction (3.5万元).
#            壹拾伍万元整 raises ValueError for its 整, which every amount in capitals of an invoice ends with.
# Whom:      whoever reads budgets of projects and prices of services out of free text or old lists.
# Way out:   take an amount only when a second notation of it beside says the same; ask for plain figures in a form.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check jionlp==1.5.31
"$work/venv/bin/python" - <<'END'
import jionlp

MEANT = {
    "3万5千元": "35000.00", "12万3千元": "123000.00", "2亿3千万元": "230000000.00",
    "五万三千元": "53000.00", "伍万叁仟元": "53000.00", "3.5万元": "35000.00", "壹拾伍万元整": "150000.00",
}
SEEN = ["65000.00", "153000.00", "430000000.00", "53000.00", "53000.00", "35000.00", "ValueError"]


def read(words):
    try:
        return jionlp.parse_money(words)["num"]
    except ValueError:
        return "ValueError"


told = [read(words) for words in MEANT]
for (words, meant), got in zip(MEANT.items(), told):
    print(f"{words}: meant {meant}, read {got}")
raise SystemExit(told != SEEN)
END
# Output seen:
# 3万5千元: meant 35000.00, read 65000.00
# 12万3千元: meant 123000.00, read 153000.00
# 2亿3千万元: meant 230000000.00, read 430000000.00
# 五万三千元: meant 53000.00, read 53000.00
# 伍万叁仟元: meant 53000.00, read 53000.00
# 3.5万元: meant 35000.00, read 35000.00
# 壹拾伍万元整: meant 150000.00, read ValueError

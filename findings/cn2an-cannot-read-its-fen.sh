#!/bin/sh
# Version:   cn2an 0.5.24.
# Belief:    an amount that an2cn(…, "rmb") wrote in capitals is read back by cn2an(…), in the mode "smart" at the latest.
# Behaviour: it is while there are 元 and 角; an amount below one 元, or with 零 before its 分, is refused in every mode with
#            "不在转化范围内" (not in the range), naming the very sign that an2cn has written. 整 is left out behind 角.
# Whom:      whoever compares the 大写 of an invoice or a bank's receipt with its figures and tests by writing and reading back.
# Way out:   compare in the other direction: write the figure in capitals and compare the two texts, 整 and 正 left out.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check cn2an==0.5.24
"$work/venv/bin/python" - <<'END'
import cn2an

READ = {0.05: False, 0.5: False, 10.05: False, 1000.08: False, 10.5: True, 10.15: True, 107000.53: True, 100: True}


def read_back(words, mode):
    try:
        return cn2an.cn2an(words, mode)
    except ValueError:
        return None


found = {}
for amount in READ:
    words = cn2an.an2cn(amount, "rmb")
    told = [read_back(words, mode) for mode in ("strict", "normal", "smart")]
    print(f"{amount} {words} {told}")
    found[amount] = told == [amount] * 3 if any(told) else False
raise SystemExit(found != READ)
END
# Output seen:
# 0.05 伍分 [None, None, None]
# 0.5 伍角 [None, None, None]
# 10.05 壹拾元零伍分 [None, None, None]
# 1000.08 壹仟元零捌分 [None, None, None]
# 10.5 壹拾元伍角 [10.5, 10.5, 10.5]
# 10.15 壹拾元壹角伍分 [10.15, 10.15, 10.15]
# 107000.53 壹拾万柒仟元伍角叁分 [107000.53, 107000.53, 107000.53]
# 100 壹佰元整 [100, 100, 100]

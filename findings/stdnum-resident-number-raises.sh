#!/bin/sh
# Version:   python-stdnum 2.2.
# Belief:    is_valid() answers True or False whatever is asked, and validate() raises ValidationError alone; so it is for
#            a number of eighteen digits whose check digit is right and whose area does not exist.
# Behaviour: both raise KeyError('county') where the first two digits are a province and the next four no county of it,
#            which is what a slip of the pen gives. Where the province does not exist either, the answer is False. More
#            than half of the figures from 110000 to 659999 raise. 133100 (雄安新区) raises, too.
# Whom:      whoever checks the number of a legal representative or handler while it is typed: a mistake is an error 500.
# Way out:   catch LookupError beside ValidationError.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-stdnum==2.2
"$work/venv/bin/python" - <<'END'
from stdnum.cn import ric


def number(area):
    body = f"{area}19850101001"
    return body + ric.calc_check_digit(body + "0")


def answer(area):
    try:
        return str(ric.is_valid(number(area)))
    except Exception as trouble:  # noqa: BLE001 - which one it is, is the question
        return f"raises {type(trouble).__name__}"


asked = {"120104": "南开区", "120199": "no district of 天津", "133100": "雄安新区", "990101": "no province"}
seen = [answer(area) for area in asked]
for (area, what), found in zip(asked.items(), seen, strict=True):
    print(f"{area} ({what}): {found}")
areas = range(110000, 660000, 97)
raising = sum(answer(area).startswith("raises") for area in areas)
print(f"{raising} of {len(areas)} figures raise")
raise SystemExit(seen != ["True", "raises KeyError", "raises KeyError", "False"] or raising < len(areas) / 2)
END
# Output seen:
# 120104 (南开区): True
# 120199 (no district of 天津): raises KeyError
# 133100 (雄安新区): raises KeyError
# 990101 (no province): False
# 3126 of 5671 figures raise

"""Twenty single-line breaks of the code, each of which a named test must find: `python benchmarks/breaks.py`.

`--commit 76a9e59` plants them in an older state; `--only 3 7` takes some of them. Each is applied to a copy of the
tree by its text, wherever the line stands below its app, so that a moved file needs no change here.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from benchmarks.copies import PYTEST, copy_of
from tten.local.say import say

BREAKS = (  # app, the line, the broken line, the tests that find it
    ("policy", "if applied > self.amount:", "if applied > self.amount + 1:", "policy/test_arithmetic.py"),
    ("policy", "if applied < floor:", "if applied <= floor:", "policy/test_arithmetic.py"),
    (
        "policy",
        "return self.reserved + self.approved + self.used",
        "return self.reserved + self.approved",
        "policy/test_arithmetic.py",
    ),
    (
        "policy",
        "if n < 0:",
        "if n <= 0:",
        "policy/test_calendar.py",
    ),
    ("vouchers", "if change or not own.reserved:", "if not own.reserved:", "vouchers/test_ledger.py"),
    (
        "vouchers",
        "post(application, Kind.GIVE_BACK, by=by, approved=-own.approved)",
        "post(application, Kind.GIVE_BACK, by=by, approved=-own.approved / 2)",
        "vouchers/test_ledger.py",
    ),
    (
        "vouchers",
        "return not case.unit.is_frozen",
        "return True",
        "vouchers/test_services.py accounts/test_freezing_units.py",
    ),
    ("vouchers", "return application.order.is_marked", "return True", "vouchers/test_services.py"),
    (
        "vouchers",
        "@arrow(source=State.BODY, target=State.APPROVED, permission=is_reviewer_in_turn)",
        "@arrow(source=State.BODY, target=State.APPROVED, permission=is_applicant)",
        "test_machines.py",
    ),
    (
        "vouchers",
        "late = Q(state__in=self.model.RETURNED, due_on__lt=today())",
        "late = Q(state__in=self.model.RETURNED, due_on__lte=today())",
        "vouchers/test_tasks.py vouchers/test_querysets.py",
    ),
    (
        "vouchers",
        'return self.filter(own | ~Q(state="draft"))',
        "return self.all()",
        "test_scope.py vouchers/test_querysets.py",
    ),
    (
        "vouchers",
        "return get_object_or_404(Application.objects.written_by(request.user).with_order(), number=number)",
        "return get_object_or_404(Application.objects.visible_to(request.user).with_order(), number=number)",
        "test_scope.py",
    ),
    (
        "reviews",
        "if verdict == Verdict.REJECT and not reason:",
        "if verdict == Verdict.REJECT and reason is None:",
        "reviews/test_services.py",
    ),
    ("records", "case.version += 1", "case.version += 0", "records/test_steps.py"),
    ("records", "if not arrow.has_perm(case, by):", "if False:", "records/test_steps.py test_machines.py"),
    ("records", "if size > MAX_SIZE:", "if size > 2 * MAX_SIZE:", "records/test_uploads.py"),
    ("orders", "if found.provider.has_member(by):", "if False:", "orders/test_services.py"),
    ("orders", "if day < timezone.localdate():", "if day <= timezone.localdate():", "orders/test_place.py"),
    ("redemption", "if settlement.refusal:", "if False:", "redemption/test_checks.py"),
    ("accounts", "if timezone.now() < refused.again_at:", "if False:", "accounts/test_joining.py"),
)

SINCE = {  # number → app, line and broken line as they are written since the cases of a unit are one thing
    6: (
        "vouchers",
        "post(account, application, Kind.GIVE_BACK, by=by, approved=-own.approved)",
        "post(account, application, Kind.GIVE_BACK, by=by, approved=-own.approved / 2)",
    ),
    11: ("accounts", "return self.filter(Q(membership(user)) | others)", "return self.all()"),
    12: ("accounts", "written_by(request.user).to_read()", "visible_to(request.user).to_read()"),
    20: ("accounts", "if again_at is not None and timezone.now() < again_at:", "if False:"),
}


def main() -> int:
    """Plant each break in turn; end with 1 if one was not found or could not be planted."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--commit", default="HEAD")
    words.add_argument("--only", type=int, nargs="*", help="numbers of breaks, from 1")
    chosen = words.parse_args()
    missed = 0
    with copy_of(chosen.commit) as tree:
        for number, (*written, tests) in enumerate(BREAKS, start=1):
            if not chosen.only or number in chosen.only:
                files = [f"tests/{file}" for file in tests.split()]
                answers = [
                    try_one(tree, lines[0], lines[1], lines[2], files)
                    for lines in (written, SINCE.get(number))
                    if lines
                ]
                answer = next((answer for answer in answers if answer != "no place"), "no place")
                missed += answer != "found"
                say(f"{number:>2} {answer:<10} {written[0]}: {written[1]}  →  {written[2]}  ({tests})")
    return min(missed, 1)


def try_one(tree: Path, app: str, old: str, new: str, tests: list[str]) -> str:
    """Break the one line below the app that says this, run the tests, and mend it again."""
    places = [path for path in sorted((tree / app).rglob("*.py")) if old in path.read_text()]
    if len(places) != 1 or places[0].read_text().count(old) != 1:
        return "no place"
    whole = places[0].read_text()
    places[0].write_text(whole.replace(old, new))
    try:
        result = subprocess.run([*PYTEST, "-x", *tests], cwd=tree, capture_output=True, text=True, check=False)
    finally:
        places[0].write_text(whole)
    return {0: "NOT FOUND", 1: "found"}.get(result.returncode, f"error {result.returncode}")


if __name__ == "__main__":
    sys.exit(main())

"""What writing the trail costs, once Django stands: a process that writes so many lines each time it is told a number.

Runs in older trees, too: it uses what both know, `records.steps.note`.
"""

import json
import sys
import time

from accounts.models import Unit, User
from records.steps import note


def write_as_told() -> None:
    """For each line of the standard input, which is a number, write so many lines of the trail and print the CPU seconds."""
    by, unit = User.objects.create(username="bench"), Unit.objects.create(name="样例公司（演示）")
    note(unit, "looked", by=by)
    for told in sys.stdin:
        began = time.process_time()
        for number in range(int(told)):
            note(unit, "looked", by=by, text=f"第 {number} 次查看")
        sys.stdout.write(json.dumps({"cpu": time.process_time() - began}) + "\n")
        sys.stdout.flush()

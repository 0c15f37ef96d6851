#!/bin/sh
# Version:   squawk-cli 2.70.0, the SQL of Django 5.2.
# Belief:    squawk knows that a table was made in the same transaction: what only harms tables in use is not held against it.
# Behaviour: it knows so for CREATE INDEX and for a CHECK, but not for ADD COLUMN: a NOT NULL column and the foreign key beside
#            it count as added to an existing table, though the table is a line old and empty.
# Whom:      whoever judges Django's migrations by squawk: where two new models refer to each other, or makemigrations orders it so,
#            Django makes the table first and adds its foreign keys behind.
# Way out:   put the keys into CreateModel, where the order of the models allows; else excuse the migration by name.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check squawk-cli==2.70.0
cat > "$work/judge.py" <<'END'
import json
import subprocess
import sys
from pathlib import Path

SQUAWK = Path(sys.executable).with_name("squawk")
NEW = 'CREATE TABLE "payment" ("id" bigint NOT NULL PRIMARY KEY); '
LATER = {
    "index": 'CREATE INDEX "i" ON "payment" ("id");',
    "check": 'ALTER TABLE "payment" ADD CONSTRAINT "c" CHECK (id > 0);',
    "column": 'ALTER TABLE "payment" ADD COLUMN "claim_id" bigint NOT NULL;',
    "key": 'ALTER TABLE "payment" ADD COLUMN "claim_id" bigint NULL REFERENCES "claim" ("id") DEFERRABLE INITIALLY DEFERRED;',
}
STYLE = "prefer-robust-stmts,require-timeout-settings,require-lock-timeout,require-statement-timeout"


def rules(sql):
    words = [str(SQUAWK), "--reporter", "json", "--pg-version", "18.0", "--exclude", STYLE]
    done = subprocess.run(words, input=f"BEGIN; {sql} COMMIT;", capture_output=True, text=True, check=False)
    return sorted({found["rule_name"] for found in json.loads(done.stdout or "[]")})


seen = {name: (rules(NEW + later), rules(later)) for name, later in LATER.items()}
for name, (new, existing) in seen.items():
    print(f"{name}: on a new table {new}, on an existing one {existing}")
raise SystemExit(
    seen
    != {
        "index": ([], ["require-concurrent-index-creation"]),
        "check": ([], ["constraint-missing-not-valid"]),
        "column": (["adding-required-field"], ["adding-required-field"]),
        "key": (["adding-foreign-key-constraint"], ["adding-foreign-key-constraint"]),
    }
)
END
"$work/venv/bin/python" "$work/judge.py"
# Output seen:
# index: on a new table [], on an existing one ['require-concurrent-index-creation']
# check: on a new table [], on an existing one ['constraint-missing-not-valid']
# column: on a new table ['adding-required-field'], on an existing one ['adding-required-field']
# key: on a new table ['adding-foreign-key-constraint'], on an existing one ['adding-foreign-key-constraint']

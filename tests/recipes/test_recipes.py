"""The longest recipe of CONTRIBUTING, a kind of reviewed case, is done on a copy of the tree and started there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.heavy  # it starts a process, which needs seconds
ROOT = Path(settings.BASE_DIR)
PATCH = ROOT / "tests" / "recipes" / "kind_of_case.patch"
ROOM = "vouchers/advice"
WRITTEN = {f"{ROOM}/{name}.py" for name in ("models", "workflow", "kind", "forms", "notices", "views")}
LINES = {
    "vouchers/urls.py": 9,
    "vouchers/models.py": 1,
    "vouchers/apps.py": 1,
}  # added to what is there
RENEW = f"The recipe of a kind of case no longer fits the tree: the head of {PATCH.relative_to(ROOT)} says how to renew it.\n"
STARTED = """
import importlib
import django
django.setup()
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import resolve, reverse
call_command("check")
call_command("makemigrations", "vouchers", name="advice", verbosity=0)
importlib.invalidate_caches()
call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)

from reviews.kinds import reviewed_kinds
kind = next(kind for kind in reviewed_kinds() if kind.matter == "政策咨询")
for page in ("list", "new"):
    assert resolve(reverse(f"advice_{page}")).url_name == f"advice_{page}"
for page in ("detail", "edit", "check", "submit"):
    assert resolve(reverse(f"advice_{page}", args=["ZX1"])).url_name == f"advice_{page}"
for page in ("list", "edit", "check", "detail"):
    get_template(f"vouchers/advice_{page}.html")
for notice in {notice.name for sent in kind.notices.values() for notice in sent}:
    get_template(f"notices/{notice}.txt")

from tten.states import drawing
assert "## 政策咨询" in drawing()
print(kind.matter)
"""


def git(*words, cwd=ROOT):
    """What git answers; it takes the copy for no part of a repository."""
    environment = os.environ | {"GIT_CEILING_DIRECTORIES": str(cwd.parent)} if cwd != ROOT else None
    return subprocess.run(["git", *words], cwd=cwd, env=environment, text=True, capture_output=True, check=False)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of every file that git knows, with the recipe done."""
    copy = tmp_path_factory.mktemp("recipe") / "tree"
    listed = git("ls-files", "-z")
    assert listed.returncode == 0, listed.stderr
    for name in listed.stdout.rstrip("\0").split("\0"):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    done = git("apply", str(PATCH), cwd=copy)
    assert done.returncode == 0, RENEW + done.stderr
    return copy


def test_the_recipe_fits_the_tree(tree):
    assert {str(path.relative_to(tree)) for path in (tree / ROOM).glob("*.py")} == WRITTEN | {f"{ROOM}/__init__.py"}


def test_the_recipe_touches_no_more_than_contributing_says():
    told = [line.split("\t") for line in git("apply", "--numstat", str(PATCH)).stdout.splitlines()]
    beside = WRITTEN | {f"{ROOM}/__init__.py"}
    code = {name: int(added) for added, _, name in told if name.endswith(".py") and not name.startswith("tests/")}
    assert code.keys() == beside | LINES.keys()
    assert {name: code[name] for name in LINES} == LINES
    assert [name for _, removed, name in told if removed != "0"] == []


def test_the_new_kind_of_case_starts(tree):
    """No database is asked: there is none at this address."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tten.settings",
        "DATABASE_URL": "postgres:///none?host=/nonexistent",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    words = [sys.executable, "-W", "ignore", "-c", STARTED]
    done = subprocess.run(words, cwd=tree, env=environment, text=True, capture_output=True, check=False)
    assert done.returncode == 0, RENEW + done.stderr
    assert done.stdout.splitlines()[-1] == "政策咨询"

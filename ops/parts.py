"""What the portal is made of: `make sbom` writes var/parts/sbom.json (CycloneDX) and licences.md, and refuses what may not be in it.

Both are drawn by kept tools (cyclonedx-bom, pip-licenses, in a venv of their own) from a fresh venv with requirements.txt alone, so that
nothing of the tests or of this machine stands in them.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "var" / "parts"
PORTAL, TOOLS = HOME / "portal", HOME / "tools"
USED = ("cyclonedx-bom==7.5.0", "pip-licenses==5.5.5")
NEVER = re.compile(r"AGPL|Affero|SSPL|BUSL|Business Source", re.IGNORECASE)
STRICT = re.compile(r"(?<!L)GPL|(?<!Lesser )General Public License", re.IGNORECASE)


def main() -> None:
    """Draw both; leave with 1 where a licence may not be in it."""
    HOME.mkdir(parents=True, exist_ok=True)
    for place, parts in ((PORTAL, ("-r", ROOT / "requirements.txt")), (TOOLS, USED)):
        if not place.exists():
            run(sys.executable, "-m", "venv", place)
        run(place / "bin" / "pip", "install", "-q", *parts)
    python = PORTAL / "bin" / "python"
    run(TOOLS / "bin" / "cyclonedx-py", "environment", "--output-reproducible", "-o", HOME / "sbom.json", python)
    words = ("--python", python, "--format", "json", "--with-urls", "--from", "mixed")
    listed = json.loads(subprocess.check_output([TOOLS / "bin" / "pip-licenses", *words], text=True))
    (HOME / "licences.md").write_text(table(listed))
    sys.stdout.write(f"{HOME}/sbom.json, {HOME}/licences.md: {len(listed)} 个部件 / parts\n")
    sys.exit("\n".join(refused(listed)) or None)


def table(listed: list[dict[str, str]]) -> str:
    """Name, version and licence of each part."""
    rows = [f"| {part['Name']} | {part['Version']} | {part['License']} | {part['URL']} |" for part in listed]
    return "\n".join(["| part | version | licence | where |", "| --- | --- | --- | --- |", *rows, ""])


def refused(listed: list[dict[str, str]]) -> list[str]:
    """The parts that may not be in it: AGPL and the like, and GPL without another licence to choose."""
    return [
        f"不能使用 / may not be used: {part['Name']} {part['Version']}: {part['License']}"
        for part in listed
        if NEVER.search(part["License"]) or all(STRICT.search(way) for way in re.split(r";| OR |/", part["License"]))
    ]


def run(*words: str | Path) -> None:
    """Run it; leave with 1 where it fails."""
    if subprocess.run(words, check=False).returncode:
        sys.exit(f"失败 / failed: {' '.join(map(str, words))}")


if __name__ == "__main__":
    main()

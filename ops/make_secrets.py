"""The secrets of docker-compose.yml, each in a file of its own: `python3 ops/make_secrets.py`, once; what is there stays as it is.

Those that others give (mail, text messages, WeChat, the certificate) are made empty, to be filled in by hand.
"""

import secrets
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "secrets"
DATABASE = "postgres://{name}:{password}@postgres:5432/tten"
OWNER, APPLICATION = "tten", "tten_application"
POOLED = "postgres://{name}:{password}@{host}:6432/tten"  # docker-compose.pooled.yml
FROM_OTHERS = ("email_password", "sms_secret", "wechat_secret", "s3_secret", "tls_certificate", "tls_key")


def main(folder: Path = FOLDER) -> None:
    """Make what is missing, and say which files wait for a hand."""
    folder.mkdir(mode=0o700, exist_ok=True)
    keep(folder, "secret_key", secrets.token_urlsafe(64))
    owner = keep(folder, "owner_password", secrets.token_hex(24))
    application = keep(folder, "application_password", secrets.token_hex(24))
    valkey = keep(folder, "valkey_password", secrets.token_hex(24))
    keep(folder, "owner_url", DATABASE.format(name=OWNER, password=owner))
    keep(folder, "database_url", DATABASE.format(name=APPLICATION, password=application))
    keep(folder, "web_url", POOLED.format(name=f"{APPLICATION}_web", password=application, host="pooler"))
    keep(folder, "worker_url", POOLED.format(name=f"{APPLICATION}_worker", password=application, host="pooler-workers"))
    users = "".join(f'"{APPLICATION}_{part}" "{application}"\n' for part in ("web", "worker"))
    keep(folder, "pooler_users", users)
    keep(folder, "redis_url", f"redis://:{valkey}@valkey:6379/0")
    keep(folder, "valkey.conf", f"requirepass {valkey}\nappendonly yes\n")
    empty = [name for name in FROM_OTHERS if not keep(folder, name, "")]
    if empty:
        sys.stdout.write(f"请把内容写进 / fill in: {', '.join(f'secrets/{name}' for name in empty)}\n")


def keep(folder: Path, name: str, text: str) -> str:
    """What the file holds; made with this text where it is not there. Only its folder keeps others out: containers read as other users."""
    path = folder / name
    if not path.exists():
        path.touch(mode=0o644)
        path.write_text(text)
    return path.read_text()


if __name__ == "__main__":
    main()

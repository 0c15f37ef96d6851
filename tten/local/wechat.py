"""A WeChat of our own on the loopback, with the real paths and answers: for the demo and for the tests, no other use.

`python -m tten.local.wechat PORT` serves it. Nobody in it exists. The standard library alone.
"""

import html
import json
import secrets
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

APP_ID, SECRET = "wx0000000000demo", "demo-secret-of-nobody"
PEOPLE = (  # openid, unionid, nickname
    ("o-demo-0001", "u-demo-0001", "演示·小河"),
    ("o-demo-0002", "u-demo-0002", "演示·海棠🌸"),
    ("o-demo-0003", "", "演示·没有开放平台"),
)
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>微信扫码（演示）</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<h1>微信扫码（演示）</h1><p>这不是微信，是演示用的替身，里面的人都不存在。选一个人，当作用他的手机扫码并同意：</p><ul>{people}</ul>
<p><a href="{denied}">取消授权</a></p></html>"""


@dataclass
class Memory:
    """What the stub remembers: codes and tokens that it gave, and what tests want it to do wrong."""

    codes: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    tokens: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)  # path → what to answer instead
    asked: list[str] = field(default_factory=list)

    def give_code(self, person: tuple[str, str, str]) -> str:
        """A code that is good once."""
        code = secrets.token_hex(8)
        self.codes[code] = person
        return code


class Handler(BaseHTTPRequestHandler):
    """The three addresses of a website application."""

    server: "Server"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer one of the three paths."""
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        memory = self.server.memory
        memory.asked.append(address.path)
        if address.path in memory.answers:
            self.give(memory.answers[address.path])
        elif address.path == "/connect/qrconnect":
            self.give(self.scan(query), "text/html; charset=utf-8")
        elif address.path == "/sns/oauth2/access_token":
            self.give(self.token(query))
        elif address.path == "/sns/userinfo":
            self.give(self.profile(query))
        else:
            self.give("" if address.path == "/favicon.ico" else 404)

    def scan(self, query: dict[str, str]) -> str:
        """The page with the QR code: here one clicks instead of scanning."""
        back, mark = query.get("redirect_uri", ""), {"state": query.get("state", "")}
        if query.get("appid") != APP_ID or query.get("scope") != "snsapi_login":
            return "<!doctype html><meta charset=utf-8><p>AppID 参数错误</p>"
        people = "".join(f'<li><a href="{self.back(back, person, mark)}">{person[2]}</a></li>' for person in PEOPLE)
        return PAGE.format(people=people, denied=html.escape(f"{back}?{urlencode(mark)}"))

    def back(self, address: str, person: tuple[str, str, str], mark: dict[str, str]) -> str:
        """Where the browser goes when this person has agreed."""
        return html.escape(f"{address}?{urlencode({'code': self.server.memory.give_code(person), **mark})}")

    def token(self, query: dict[str, str]) -> dict[str, Any]:
        """A token for a code, once; errors come with HTTP 200, as the real ones do."""
        memory = self.server.memory
        if (query.get("appid"), query.get("secret")) != (APP_ID, SECRET):
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        person = memory.codes.pop(query.get("code", ""), None)
        if person is None or query.get("grant_type") != "authorization_code":
            return {"errcode": 40029, "errmsg": "invalid code"}
        token = secrets.token_hex(16)
        memory.tokens[token] = person
        union = {"unionid": person[1]} if person[1] else {}
        return {
            "access_token": token,
            "expires_in": 7200,
            "refresh_token": secrets.token_hex(16),
            "openid": person[0],
            "scope": "snsapi_login",
            **union,
        }

    def profile(self, query: dict[str, str]) -> dict[str, Any]:
        """Who scanned."""
        person = self.server.memory.tokens.get(query.get("access_token", ""))
        if person is None or query.get("openid") != person[0]:
            return {"errcode": 40001, "errmsg": "invalid credential"}
        union = {"unionid": person[1]} if person[1] else {}
        return {
            "openid": person[0],
            "nickname": person[2],
            "sex": 0,
            "province": "",
            "city": "",
            "country": "",
            "headimgurl": "",
            "privilege": [],
            **union,
        }

    def give(self, what: Any, kind: str = "text/plain") -> None:
        """Send the answer; JSON goes under text/plain, as the real one sends it. A number is a status of its own."""
        if callable(what):
            what = what()
        status = what if isinstance(what, int) else 200
        body = what if isinstance(what, str) else json.dumps(what, ensure_ascii=False)
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args: object) -> None:
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    """The stub on a loopback port; `with Server() as stub:` serves it from a thread."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.memory = Memory()

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self) -> Self:
        """Begin to serve."""
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_args: object) -> None:
        """Stop serving."""
        self.shutdown()
        self.server_close()


def environment(url: str) -> dict[str, str]:
    """The settings by which the portal uses the stub at this address."""
    return {
        "WECHAT_APP_ID": APP_ID,
        "WECHAT_SECRET": SECRET,
        "WECHAT_AUTHORIZE_URL": f"{url}/connect/qrconnect",
        "WECHAT_TOKEN_URL": f"{url}/sns/oauth2/access_token",
        "WECHAT_PROFILE_URL": f"{url}/sns/userinfo",
    }


if __name__ == "__main__":
    Server(int(sys.argv[1])).serve_forever()

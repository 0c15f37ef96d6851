"""The web server's own worker: a request that it cannot read is answered in Chinese, in the looks of the portal."""

from http import HTTPStatus
from socket import socket

from django.template.loader import render_to_string
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from tten.headers import HEADERS, PAGE

TOO_LONG: dict[type[Exception], tuple[HTTPStatus, str]] = {
    LimitRequestLine: (
        HTTPStatus.REQUEST_URI_TOO_LONG,
        "网址太长，服务器没有读取。如果是在搜索，请返回上一页，把要找的文字缩短后再试。",
    ),
    LimitRequestHeaders: (
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        "浏览器随请求带来的信息太多，服务器没有读取。请清除本网站的 Cookie，重新登录后再试。",
    ),
}


class Worker(ThreadWorker):
    """Gunicorn's worker of threads, whose own refusals are English pages without a way on."""

    def handle_error(self, req: object, client: socket, addr: tuple[str, int] | None, exc: Exception) -> None:
        """Answer what is no readable request; all else as gunicorn does."""
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        status, sentence = TOO_LONG.get(type(exc), (HTTPStatus.BAD_REQUEST, ""))
        self.log.warning("%s from %s: %s", status.value, addr and addr[0], exc)
        try:
            write_nonblock(client, answer(status, sentence))
        except OSError as trouble:
            self.log.debug("the answer did not arrive: %r", trouble)


def answer(status: HTTPStatus, sentence: str) -> bytes:
    """The whole answer, after which the line is closed."""
    page = render_to_string("414.html" if sentence else "400.html", {"sentence": sentence}).encode()
    head = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        "Connection: close",
        "Cache-Control: no-store",
        *(f"{name}: {value}" for name, value in (HEADERS | {"Content-Security-Policy": PAGE}).items()),
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(page)}",
    ]
    return "\r\n".join([*head, "", ""]).encode("ascii") + page

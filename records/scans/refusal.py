"""Why a paper is not taken."""


class Refusal(Exception):
    """One rule refuses a paper: `code` for tests and logs, `reason` continues «“文件名”…» and names the way out."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason

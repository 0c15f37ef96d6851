"""How long the portal waits for the parts that it stands on (ADR 0077): read by the settings, before Django is there."""

from collections.abc import Mapping

PATIENCE = {  # role → seconds for a statement, for a lock, for a transaction in which nothing happens; 0 = without end
    "web": (20, 5, 30),
    "worker": (300, 10, 60),
    "migrate": (0, 10, 0),
    "command": (0, 0, 0),
}
PLANS = {  # role → how statements are planned: a page asks for few rows, to which helpers, compiled plans and whole tables are no way
    "web": {
        "enable_seqscan": "off",
        "max_parallel_workers_per_gather": "0",
        "jit": "off",
        "random_page_cost": "1.1",
        "join_collapse_limit": "4",  # a case is read with thirteen tables by their keys: to plan all orders of them cost 22 ms, 5 so
    }
}
ONCE_MORE = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}  # sweeps bring the rest
Seconds = tuple[int, int, int]


def role_settings(role: str, seconds: Seconds) -> dict[str, str]:
    """What holds for every statement of a role: seconds after which each ends, and how it is planned."""
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    ends = {name: f"{most}s" for name, most in zip(names, seconds, strict=True)}
    return ends | {"TimeZone": "UTC"} | PLANS.get(role, {})  # Django would set the zone by a statement of each new line


def line_options(
    role: str, seconds: Seconds, *, pooled: bool, given: Mapping[str, dict[str, object]]
) -> dict[str, object]:
    """What a line to the database is told, beside what DATABASE_URL says (`given`).

    pooled: the next transaction of the same line may be carried out by another server process. Nothing is kept there
    but for a transaction, and what holds for a role is held by the database (`manage.py roles --pooled`, ADR 0222).
    """
    options: dict[str, object] = {"connect_timeout": 5, "tcp_user_timeout": 30_000}
    if not pooled:
        options["options"] = " ".join(f"-c {name}={value}" for name, value in role_settings(role, seconds).items())
    return {"OPTIONS": options | given.get("OPTIONS", {}), "DISABLE_SERVER_SIDE_CURSORS": pooled}


def broker_options(seconds: float, *, visible: int) -> dict[str, object]:
    """What kombu is told: nobody waits longer, a connection is tried once more, and what is held comes back."""
    return {
        "visibility_timeout": visible,
        "socket_connect_timeout": seconds,
        "socket_timeout": seconds,
        **ONCE_MORE,
    }

"""How long the portal waits for the parts that it stands on (ADR 0077): read by the settings, before Django is there."""

PATIENCE = {  # role → seconds for a statement, for a lock, for a transaction in which nothing happens; 0 = without end
    "web": (20, 5, 30),
    "worker": (300, 10, 60),
    "migrate": (0, 10, 0),
    "command": (0, 0, 0),
}
PLANS = {  # role → how statements are planned: a page asks for few rows, to which helpers, compiled plans and whole tables are no way
    "web": "-c enable_seqscan=off -c max_parallel_workers_per_gather=0 -c jit=off -c random_page_cost=1.1"
}
ONCE_MORE = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}  # sweeps bring the rest


def database_options(statement: int, lock: int, idle: int, *, role: str, given: dict[str, object]) -> dict[str, object]:
    """What libpq is told: seconds after which each ends, beside what DATABASE_URL says."""
    ends = f"-c statement_timeout={statement}s -c lock_timeout={lock}s -c idle_in_transaction_session_timeout={idle}s"
    return {
        "connect_timeout": 5,
        "tcp_user_timeout": 30_000,
        "options": f"{ends} {PLANS.get(role, '')}".strip(),
    } | given


def broker_options(seconds: float, *, visible: int) -> dict[str, object]:
    """What kombu is told: nobody waits longer, a connection is tried once more, and what is held comes back."""
    return {
        "visibility_timeout": visible,
        "socket_connect_timeout": seconds,
        "socket_timeout": seconds,
        **ONCE_MORE,
    }

"""The registers of others that the portal asks, as the environment names them: tten/settings.py keeps them as REGISTERS."""

import environ

DEMONSTRATED, OVER_HTTP = "tten.demo.registers.ask", "registers.http.ask"


Line = dict[str, str | int]


def registers(env: environ.Env, *, demo: bool) -> dict[str, Line]:
    """How each register is reached, by its name; one without a backend is not connected."""
    lines = {"enterprise": enterprise(env), "credit": credit(env), "invoice": invoice(env)}
    for line in lines.values():
        line["backend"] = line["backend"] or (DEMONSTRATED if demo else OVER_HTTP if line["address"] else "")
    return lines


def asking(env: environ.Env) -> dict[str, float]:
    """How all of them are asked."""
    return {
        "seconds": env.float("REGISTER_SECONDS", default=3.0),  # seconds a register is waited for, 3 at most
        "fresh_hours": env.float("REGISTER_FRESH_HOURS", default=24.0),  # hours for which its answer is not asked again
        "lookups_a_day": env.int("LOOKUPS_A_DAY", default=20),  # 查询登记信息 of one person in a day
    }


def enterprise(env: environ.Env) -> Line:
    """企业登记信息."""
    return {
        "address": env.str(
            "ENTERPRISE_ADDRESS", default=""
        ),  # of 企业登记信息; empty: not connected (docs/registers.md)
        "key": env.str("ENTERPRISE_KEY", default=""),  # what is sent there as Bearer
        "backend": env.str("ENTERPRISE_BACKEND", default=""),  # a function by its path, instead of registers.http.ask
        "a_day": env.int("ENTERPRISE_A_DAY", default=2000),  # questions a day, all units together
    }


def credit(env: environ.Env) -> Line:
    """信用信息."""
    return {
        "address": env.str("CREDIT_ADDRESS", default=""),  # of 信用信息; empty: not connected
        "key": env.str("CREDIT_KEY", default=""),  # what is sent there as Bearer
        "backend": env.str("CREDIT_BACKEND", default=""),  # a function by its path, instead of registers.http.ask
        "a_day": env.int("CREDIT_A_DAY", default=2000),  # questions a day, all units together
    }


def invoice(env: environ.Env) -> Line:
    """发票查验."""
    return {
        "address": env.str("INVOICE_ADDRESS", default=""),  # of 发票查验; empty: not connected
        "key": env.str("INVOICE_KEY", default=""),  # what is sent there as Bearer
        "backend": env.str("INVOICE_BACKEND", default=""),  # a function by its path, instead of registers.http.ask
        "a_day": env.int("INVOICE_A_DAY", default=1000),  # questions a day, all invoices together
        "each_a_day": env.int(
            "INVOICE_EACH_A_DAY", default=5
        ),  # questions a day about one invoice, as the service has it
    }

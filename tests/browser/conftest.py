"""A real browser against a live server; every person has a browser context of his own."""

import pytest

from tests.browser.stage import Stage
from tten.local import system

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": system.browser(), "args": FLAGS.split()}


@pytest.fixture
def stage(browser, live_server, tmp_path, settings):
    """Where people act."""
    settings.SMS_BACKEND, settings.SMS_FILE = "accounts.sms.gateways.to_file", tmp_path / "sms.log"
    stage = Stage(browser, live_server.url, tmp_path)
    yield stage
    stage.close()
    assert not stage.complaints, "\n".join(stage.complaints)

"""A setting in a file of its own, as compose gives secrets."""

import pytest

from tten.secret_files import FileEnv, Lines


class Given(FileEnv):
    """The settings' environment, with names of this test's own."""


@pytest.fixture
def told(tmp_path):
    """The environment of somebody who keeps two settings in files, one of them as an editor leaves it."""
    (tmp_path / "key").write_text("s3cret\n")
    (tmp_path / "url").write_text("postgres://tten:pass@postgres:5432/tten\r\n")
    names = {"KEY_FILE": str(tmp_path / "key"), "URL_FILE": str(tmp_path / "url"), "PORT": "8000", "KEY": "another"}
    env = Given()
    env.ENVIRON = Lines(names)
    return env


def test_a_file_goes_before_the_environment_and_its_end_of_line_is_no_part_of_it(told):
    assert told.str("KEY") == "s3cret"
    assert told.db("URL")["NAME"] == "tten"
    assert told.int("PORT") == 8000


def test_a_file_that_is_not_there_is_no_empty_setting(told):
    told.ENVIRON["NONE_FILE"] = "/nowhere/secret"
    with pytest.raises(FileNotFoundError):
        told.str("NONE", default="")

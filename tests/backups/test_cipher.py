"""What is encrypted comes back, and whatever was changed, cut, moved or made with another key is told."""

import os

import pytest

from backups import cipher
from backups.refusals import Refused

pytestmark = [pytest.mark.heavy, pytest.mark.bare]


def refusal(act, *given):
    with pytest.raises(Refused) as caught:
        act(*given)
    return str(caught.value)


def change(path, place):
    """One bit of the file is another."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


@pytest.fixture
def key(tmp_path):
    cipher.make_key(tmp_path / "key")
    return cipher.read_key(tmp_path / "key")


@pytest.mark.parametrize("size", [0, 1, cipher.PIECE - 1, cipher.PIECE, cipher.PIECE + 1, 2 * cipher.PIECE])
def test_whatever_is_changed_cut_or_moved_is_seen(tmp_path, key, size):
    plain, file = os.urandom(size), tmp_path / "file"
    (tmp_path / "plain").write_bytes(plain)
    with (tmp_path / "plain").open("rb") as source:
        assert cipher.encrypt(source, file, key, "name") == size
    assert b"".join(cipher.pieces(file, key, "name")) == plain
    assert cipher.Opened(file, key, "name").read() == plain
    assert "内容与写入时不一致" in refusal(list, cipher.pieces(file, key, "another"))
    whole_file = file.read_bytes()
    cut = [whole_file[: -cipher.TAG - 1], whole_file[: cipher.HEAD + cipher.PIECE + cipher.TAG], whole_file + b"\0"]
    for content in [content for content in cut if content != whole_file]:
        file.write_bytes(content)
        assert "已损坏" in refusal(list, cipher.pieces(file, key, "name"))
    for place in (3, cipher.HEAD - 1, cipher.HEAD, len(whole_file) - 1):
        file.write_bytes(whole_file)
        change(file, place)
        assert "已损坏" in refusal(list, cipher.pieces(file, key, "name"))
    file.unlink()
    assert "不见了" in refusal(list, cipher.pieces(file, key, "name"))


def test_a_key_is_made_once_and_must_be_whole(tmp_path):
    path = tmp_path / "folder" / "key"
    cipher.make_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        cipher.make_key(path)
    path.write_text("abcd\n")
    assert "不完整" in refusal(cipher.read_key, path)
    path.write_text("密钥")
    assert "读不出来" in refusal(cipher.read_key, path)

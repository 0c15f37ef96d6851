"""ops/maintenance.py: the page that says until when the portal is shut, and the proxy that shows it."""

import pytest
from django.conf import settings

from ops import maintenance

ROOT = settings.BASE_DIR
UNTIL = "2099-12-05 22:00"


def test_the_page_says_until_when_and_why(tmp_path, capsys):
    assert maintenance.main(["on", UNTIL, "更换<磁盘>。"], tmp_path) == 0
    page = (tmp_path / maintenance.PAGE).read_text(encoding="utf-8")
    assert "2099 年 12 月 5 日 22:00" in page
    assert "更换&lt;磁盘&gt;。" in page
    assert [path.name for path in tmp_path.iterdir()] == [maintenance.PAGE]
    assert maintenance.main(["off"], tmp_path) == maintenance.main(["off"], tmp_path) == 0
    assert list(tmp_path.iterdir()) == []
    assert "网站已经开放" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["on"],
        ["shut", UNTIL],
        ["on", "明天"],
        ["on", UNTIL, "一", "二"],
        ["on", "2020-01-01 08:00"],
    ],
)
def test_other_words_shut_nothing_and_are_told_the_right_ones(tmp_path, capsys, words):
    assert maintenance.main(words, tmp_path) == 2
    assert list(tmp_path.iterdir()) == []
    assert maintenance.USAGE in capsys.readouterr().err


def test_the_proxy_looks_for_the_very_file_and_asks_nobody_to_keep_the_page():
    text = (ROOT / "ops" / "nginx" / "tten.conf.template").read_text()
    assert f"(-f /usr/share/nginx/tten/{maintenance.FOLDER.name}/{maintenance.PAGE})" in text
    place = text.split(f"location = /{maintenance.FOLDER.name}/{maintenance.PAGE} {{")[1].split("}")[0]
    assert {"internal;", 'add_header Cache-Control "no-store" always;'} <= set(map(str.strip, place.splitlines()))
    for compose in ("docker-compose.yml", "ops/hosts/docker-compose.yml"):
        assert f"./ops/nginx/{maintenance.FOLDER.name}:" in (ROOT / compose).read_text()

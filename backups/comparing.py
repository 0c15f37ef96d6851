"""Rows and files held against each other: rows whose file is gone, files that no row names."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import FileField, Model

from backups.lines import line_to
from backups.papers import walk
from backups.places import Places

MOST = 20  # sentences of each kind
NAMES = "SELECT id, {column} FROM {table} WHERE {column} <> ''"
Column = tuple[type[Model], str]


def columns() -> list[Column]:
    """Every column of every table that names a file."""
    return [
        (model, str(field.column))
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, FileField)
    ]


def rows(url: str) -> Iterator[tuple[str, str]]:
    """(file, which row names it) of all tables."""
    with line_to(url) as line:
        for model, column in columns():
            with line.cursor(name="files") as cursor:
                cursor.execute(NAMES.format(column=column, table=model._meta.db_table))
                for pk, name in cursor:
                    yield name, f"{model._meta.verbose_name} {pk}"


def compare(url: str, own: Places) -> list[str]:
    """What does not go together, in sentences; own.media is the restored folder."""
    root = str(own.media)
    standing = {entry.path[len(root) + 1 :] for entry in walk(own.media, own.apart)}
    named = dict(rows(url))
    lost, strange = sorted(named.keys() - standing), sorted(standing - named.keys())
    return [
        *(f"{named[file]}：它的文件 {file} 没有恢复出来，请从其他备份或存放副本的地方找回。" for file in lost[:MOST]),
        *([f"还有 {len(lost) - MOST} 条记录的文件没有恢复出来。"] if len(lost) > MOST else []),
        *(f"文件 {file} 没有任何记录使用：它是这一刻之后上传或之前删除的。" for file in strange[:MOST]),
        *([f"还有 {len(strange) - MOST} 个没有任何记录使用的文件。"] if len(strange) > MOST else []),
    ]

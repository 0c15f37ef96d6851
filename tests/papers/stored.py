"""Papers that a worker has read."""

import hashlib

from django.core.files.base import ContentFile

from papers.facts import FORMS, READER
from papers.identity import identity_of
from papers.models import Reading
from papers.reading import read
from records.models import Document

TYPES = {form: content_type for content_type, form in FORMS.items()}


def stored(content, form, *, by, case):
    """A paper of the case, as a worker has read it."""
    document = Document.objects.create(
        file=ContentFile(content, "x"),
        name=f"材料.{form}",
        content_type=TYPES[form],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_by=by,
        case=case,
    )
    facts = read(content, form)
    kept = {"kind": facts.kind, "facts": facts.as_json(), "identity": identity_of(facts)}
    Reading.objects.create(document=document, version=READER, stage=Reading.Stage.READ, **kept)
    return document

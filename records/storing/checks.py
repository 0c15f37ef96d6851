"""Settings of the places that cannot be are told when the portal is checked, not at the first upload."""

from django.conf import settings
from django.core.checks import Error, register

from records.storing.places import BUCKET, DISK

HINT = "docs/operations.md says how papers are kept and moved."
NEEDED = {"bucket_name": "S3_BUCKET", "access_key": "S3_KEY", "secret_key": "S3_SECRET"}
CHECKSUMS = ("when_required", "when_supported")


@register()
def check_places(**_kwargs: object) -> list[Error]:
    """One error for each."""
    options = settings.STORAGES["default"]["OPTIONS"]
    names, bucket = list(options["places"]), options["bucket"]
    found = []
    if names not in ([DISK], [BUCKET], [DISK, BUCKET], [BUCKET, DISK]):
        found.append(f"PAPER_PLACES is {','.join(names)}: it must be disk, s3, or both while papers move.")
    if BUCKET in names:
        found += [
            f"{name} is empty, and papers are to lie in a bucket." for key, name in NEEDED.items() if not bucket[key]
        ]
        if bucket["checksums"] not in CHECKSUMS:
            found.append(f"S3_CHECKSUMS is {bucket['checksums']}: it must be {' or '.join(CHECKSUMS)}.")
    return [Error(said, hint=HINT, id="records.E001") for said in found]

"""Settings of the places that cannot be are told when the portal is checked."""

import pytest

from records.storing.checks import check_places

GOOD = {"bucket_name": "papers", "access_key": "key", "secret_key": "secret", "checksums": "when_required"}


@pytest.mark.parametrize(
    ("places", "changed", "told"),
    [
        (["disk"], {"access_key": "", "checksums": ""}, []),
        (["s3"], {}, []),
        (["s3", "disk"], {}, []),
        (["disk", "s3"], {}, []),
        ([], {}, ["PAPER_PLACES is : it must be disk, s3, or both while papers move."]),
        (["nfs"], {}, ["PAPER_PLACES is nfs: it must be disk, s3, or both while papers move."]),
        (["disk", "disk"], {}, ["PAPER_PLACES is disk,disk: it must be disk, s3, or both while papers move."]),
        (["s3"], {"secret_key": ""}, ["S3_SECRET is empty, and papers are to lie in a bucket."]),
        (["s3"], {"checksums": "yes"}, ["S3_CHECKSUMS is yes: it must be when_required or when_supported."]),
    ],
)
def test_what_cannot_be_is_told(settings, places, changed, told):
    other = {"BACKEND": "records.storing.places.PaperStore", "OPTIONS": {"places": places, "bucket": GOOD | changed}}
    settings.STORAGES = settings.STORAGES | {"default": other}
    assert [error.msg for error in check_places()] == told

"""A claim at size: its pages and acts with 300 invoices and as many receipts, and the 兑现申请表 once it is made.

`make bench NAME=claims`, on the small demo with `python -m benchmarks.invoices` upon it. Issue limits: editing 8 × of the floor and
100 KB, an export of a form that is made 1.5 ×.
"""

from benchmarks.lines import NO_FORM
from benchmarks.pages import act, claim, page

FIRM = "unit_admin"
LINES = [
    page("claim_edit", FIRM, claim("draft"), of="first"),
    page("claim_edit", FIRM, claim("draft"), query="?rows1=15&rows2=15", of="end"),
    page("claim_check", FIRM, claim("draft")),
    page("claim_detail", FIRM, claim("draft")),
    act("claim_form_export", FIRM, claim("accepted"), form_on=NO_FORM, status=200),
]

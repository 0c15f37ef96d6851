"""What of a value is the fact, and how it is spelled; a name is taken whole."""

from papers import values
from papers.labels import TERM, UNTIL
from papers.readers.unlabelled import DAY, PRICE, ROUND_PRICE

FIRMS = {"buyer", "seller", "payer", "payee", "party_a", "party_b", "account_name", "bank_name"}
WHOLE_VALUES = {*FIRMS, "name", "legal_representative", "address", "capital"}
FOUND_IN = {  # what of a value is the fact; everything for a name
    "code": (r"[0-9]{10,12}", values.code),
    "invoice_number": (r"[0-9]{20}|[0-9]{8}", values.code),
    "check_code": (r"[0-9]{20}", values.code),
    "buyer_tax_id": (r"[0-9A-Z]{15,20}", values.code),
    "seller_tax_id": (r"[0-9A-Z]{15,20}", values.code),
    "uscc": (r"[0-9A-Z]{18}", values.code),
    "payer_account": (r"[0-9](?:-?[0-9]){7,29}", values.code),
    "payee_account": (r"[0-9](?:-?[0-9]){7,29}", values.code),
    "account_number": (r"[0-9](?:-?[0-9]){7,29}", values.code),
    "valid_from": (rf"(?:{DAY})(?=起?[至到])", values.day),
    "valid_until": (rf"(?<=[至到])(?:{DAY})|{'|'.join(values.ENDLESS)}", values.term),
    "serial": (r"[0-9A-Z][0-9A-Z-]{3,39}", values.code),
    "number": (r"[0-9A-Z一-龥\[\]()〔〕][^,。;:、]{2,59}", values.name),
    UNTIL: (rf"(?:{DAY})|{'|'.join(values.ENDLESS)}", values.term),
    **dict.fromkeys(("issued_on", "paid_on", "signed_on", "founded_on", "granted_on"), (DAY, values.day)),
    "amount": (ROUND_PRICE.pattern, values.amount),
    **dict.fromkeys(("net", "tax"), (PRICE.pattern, values.amount)),
}
SEVERAL = {TERM: ("valid_from", "valid_until")}  # one label announces them together
ANNOUNCED = {*WHOLE_VALUES, *FOUND_IN, *SEVERAL}
ONE_OF = {UNTIL: "valid_until"}  # what is announced by a label of its own → the fact that it is

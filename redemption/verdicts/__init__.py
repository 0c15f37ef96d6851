"""What follows from the words of the offices: days, amounts, the ledger, the voucher; and from 申请复核."""

"""申请复核: a firm asks once that a decision be looked at again, by who had no part in it (ADR 0153)."""

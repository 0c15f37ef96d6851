"""Nobody rewrites the past unseen: one signed tree over trail, ledger and opinions, proved every night (ADR 0168)."""

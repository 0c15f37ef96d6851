"""Nobody rewrites the past unseen: one tree over trail, ledger and opinions, signed, watched from outside, proved every night (ADR 0167)."""

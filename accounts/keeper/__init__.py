"""帐号管理: people found, helped in again and signed out by whoever keeps the accounts, who sees no secret (ADR 0066)."""

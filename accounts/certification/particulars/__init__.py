"""更新资料: small changes that need no new review."""

"""有用 and 没用 below the articles of the manual: said by readers, read by the platform (ADR 0217)."""

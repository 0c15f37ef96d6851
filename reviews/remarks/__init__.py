"""内部备注: what reviewers write for each other beside a case."""

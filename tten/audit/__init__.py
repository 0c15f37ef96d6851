"""操作留痕 for whoever audits: searched, read page by page however long, and never changed (ADR 0144)."""

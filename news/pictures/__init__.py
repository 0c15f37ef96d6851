"""Pictures in the text of an article: the text names them, the page draws them (ADR 0218)."""

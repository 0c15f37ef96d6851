"""备份与恢复: database and papers of one moment, encrypted, and back again (ADR 0175, 0176, 0177; docs/operations.md)."""

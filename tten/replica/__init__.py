"""The line to the replica: it answers only what a page or an export asks by name (ui/reading.py, ADR 0224)."""

"""How the portal is watched: its two addresses for probes, its logs, its figures, the page of whoever runs it (ADR 0178)."""

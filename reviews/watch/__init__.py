"""Time at the offices: reminders before, on and after a promised day, and who is told where nobody acts (docs/adr/0156)."""

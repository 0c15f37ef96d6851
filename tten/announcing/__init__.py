"""通知公告 to chosen firms: written, looked at, sent by a worker, followed (docs/adr/0164)."""

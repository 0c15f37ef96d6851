"""管理员: who keeps accounts, catalog and audit."""

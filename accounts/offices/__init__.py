"""单位与人员 and 管理员: who works at an office, who keeps accounts, catalog and audit."""

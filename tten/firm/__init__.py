"""单位档案: all that the portal holds of one firm, on one page, for those who may see it (ADR 0143)."""

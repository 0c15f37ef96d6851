"""询问 and 更正建议: what is cleared up about a case without a return (ADR 0141, 0142)."""

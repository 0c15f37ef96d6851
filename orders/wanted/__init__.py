"""发布需求: what a firm looks for, and what providers offer."""

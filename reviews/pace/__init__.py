"""How long a step takes: what a turn has used, what is usual, and what is told of it."""

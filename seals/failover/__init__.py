"""The primary is lost: a replica is promoted, numbers go on behind what was told, and a mark says from when (ADR 0225)."""

"""Where every file lies that the portal keeps: on the disk, in a bucket, or in both while they move (ADR 0226)."""

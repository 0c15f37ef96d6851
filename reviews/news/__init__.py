"""What became of the messages about a case, for those who review it."""

"""Registers of others: what the portal asks them, what they answered, and when."""

"""Invitations into units and offices."""

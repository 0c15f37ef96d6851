"""Filters of the printed papers."""

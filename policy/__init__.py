"""Dated rules, their arithmetic and the working calendar."""

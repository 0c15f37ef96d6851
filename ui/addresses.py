"""Addresses of pages by their names."""

from django.urls import reverse


def address_of(name: str) -> str:
    """The address of a page; the name may bring what the page is asked, as `turn_list?tab=asked`."""
    name, _, query = name.partition("?")
    return reverse(name) + (f"?{query}" if query else "")

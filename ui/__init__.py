"""Form base, fields, widgets and template tags: how pages are made, and nothing of what they are about."""

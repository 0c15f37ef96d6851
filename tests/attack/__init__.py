"""Everybody tries every address of the portal, with his own numbers, those of others and guessed ones."""

"""The pages of whoever writes."""

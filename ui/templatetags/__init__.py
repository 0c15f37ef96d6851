"""Template tags of looks."""

"""What a person or a visitor makes of the mall."""

"""The ways in: three of them, codes, guesses, the login history."""

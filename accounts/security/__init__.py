"""What guards an account that is signed in: second factor, pauses, proofs, sessions."""

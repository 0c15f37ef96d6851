"""第二重验证: authenticator apps, passkeys, recovery codes."""

"""What the two commands stand on: servers, venv, supervisor, checks. Standard library only, nothing of Django."""

"""What a case number in an address looks like; anything else is not found before any code asks the database."""


class NumberConverter:
    """Letters, figures and hyphens, at most 24 of them."""

    regex = "[A-Za-z0-9-]{1,24}"

    def to_python(self, value: str) -> str:
        """The number as it is written."""
        return value

    def to_url(self, value: str) -> str:
        """The number as it is written."""
        return str(value)

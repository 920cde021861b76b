"""What a person is told when something cannot be done."""


class Refusal(Exception):
    """Ends the program with an error whose text says what was wrong and what to do about it."""

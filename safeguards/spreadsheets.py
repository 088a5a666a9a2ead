"""Texts that leave for a spreadsheet: none of them may be taken for a formula. It writes no file."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")


def neutral(text: str) -> str:
    """A spreadsheet takes a cell that starts like this for a formula: an apostrophe in front makes it text again."""
    return f"'{text}" if text.startswith(FORMULA) else text

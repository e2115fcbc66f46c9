"""Named errors. A message says what happened, to which record by its id, and what to do.

No message carries a name, a phone or a document number: messages end in logs and on screens.
"""


class RohnamoError(Exception):
    """The root: something a person can be told in one sentence."""


class Refused(RohnamoError):
    """The request was understood and may not or cannot be done."""


class WrongData(RohnamoError):
    """Data that came in breaks a rule that is stated in the message."""


class KeyMissing(RohnamoError):
    """A key that data was written with is not in the key folder."""

"""Why a file cannot be read. Whoever shows it says it in the reader's language by `key` and `values`."""


class NotReadable(Exception):
    """key: which sentence. values: what stands in it, as text. line: where, 0 when it is of the whole file."""

    def __init__(self, key: str, *, line: int = 0, **values: str) -> None:
        self.key, self.line, self.values = key, line, values
        super().__init__(f"{key} {values} line {line}")

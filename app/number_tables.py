"""A map from 64-bit numbers to 64-bit numbers that holds millions of them in a few bytes each."""

from array import array

_FIRST_SLOTS = 1024
_FULLEST = 2 / 3  # of the slots; beyond it, searches grow long


class NumberTable:
    """Like `dict[int, int]` for keys and values of 64 bits, in 24 to 48 bytes an entry where a dict takes 150.

    The keys must be spread evenly, as the figures of a hash are: open addressing by their last bits.
    """

    def __init__(self) -> None:
        self._keys = array("Q", bytes(8 * _FIRST_SLOTS))
        self._values = array("Q", bytes(8 * _FIRST_SLOTS))
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, key: int) -> bool:
        return self._keys[self._slot(key or 1)] != 0

    def find(self, key: int) -> int | None:
        """The value of a key, or None."""
        slot = self._slot(key or 1)
        return self._values[slot] if self._keys[slot] else None

    def put(self, key: int, value: int = 0) -> None:
        """Give a key a value; the last one stays."""
        slot = self._slot(key or 1)  # 0 marks an empty slot: it is kept as 1
        if not self._keys[slot]:
            if self._count + 1 > _FULLEST * len(self._keys):
                self._grow()
                slot = self._slot(key or 1)
            self._keys[slot] = key or 1
            self._count += 1
        self._values[slot] = value

    def _slot(self, key: int) -> int:
        keys = self._keys
        mask = len(keys) - 1
        slot = key & mask
        while keys[slot] and keys[slot] != key:
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        keys, values = self._keys, self._values
        self._keys = array("Q", bytes(16 * len(keys)))
        self._values = array("Q", bytes(16 * len(keys)))
        for key, value in zip(keys, values, strict=True):
            if key:
                slot = self._slot(key)
                self._keys[slot], self._values[slot] = key, value

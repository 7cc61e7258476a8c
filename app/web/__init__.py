"""Pages for people: one module a page, each a function of the snapshot, the day, the address and the language."""

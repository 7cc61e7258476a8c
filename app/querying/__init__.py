"""Queries of strangers, run in child processes that can be ended: limits on time, memory, size and number.

answers.py runs one query and serialises what it gives; child.py does so in a process of its own, for as long as it is
asked; pool.py has several such children, shares the queries out among them, and ends those that go past a limit.
"""

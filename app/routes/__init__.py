"""The HTTP routes: each parses, calls one function, and returns; none calls another."""

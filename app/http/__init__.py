"""What happens to every request before a route sees it and to every response after: plain ASGI, see stack.py."""

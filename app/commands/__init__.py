"""The commands of the command line, each a function that returns its exit status."""

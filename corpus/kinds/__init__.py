"""The loaders of what is more than text: a module for each kind, run in a process of its own.

Each takes a `SourceFile` and yields what it finds. `corpus.sandbox` bounds their time and memory, so they
bound what cannot be told from outside: how much an archive unpacks to, how many entries a feed may have.
"""

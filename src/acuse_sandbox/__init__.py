"""The pretended outside world: tax authorities, a mail server, and a port to script them.

It shares no code with `acuse`, so that one misunderstanding cannot agree with itself.
"""

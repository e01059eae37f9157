"""JSON over the same verbs as web and command line: a call is parsed, one verb acts, it is told."""

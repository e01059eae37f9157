"""What happens, in order: the story of a document, one verb a file."""

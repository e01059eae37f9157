"""The words and the rules: values and pure decisions, standard library only."""

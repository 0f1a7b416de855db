"""What is known of words: lists of both languages, lemmas, names of places and people. This room imports no other."""

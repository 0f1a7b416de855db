"""The peers, as small programs: a file with Dutch in, English out."""

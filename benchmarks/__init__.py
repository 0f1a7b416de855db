"""Speed and memory of `vertaal` beside its peers, each in a process of its own."""

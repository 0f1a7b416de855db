"""`python -m toolkit` does what `vertaal` does."""

from toolkit.cli import main

if __name__ == "__main__":
    main()

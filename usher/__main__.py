"""The command `usher`, also `python -m usher`."""

from agent.__main__ import main

if __name__ == "__main__":
    main()

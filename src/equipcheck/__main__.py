"""`python -m equipcheck` is the `equipcheck` command."""

from equipcheck.cli import main

if __name__ == "__main__":
    main()

"""``python -m systemmap``: the same as the command ``systemmap``."""

from app.command import main

if __name__ == "__main__":
    main()

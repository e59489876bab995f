"""What somebody without the secret may try: a signed text with another signature."""


def forged(signed):
    """Change the first letter of a signature.

    The last one would not do: some of its bits count for nothing, so that one
    change in sixteen leaves the signature as it was.
    """
    said, dot, signature = signed.rpartition(".")
    return f"{said}{dot}{'x' if signature[0] != 'x' else 'y'}{signature[1:]}"

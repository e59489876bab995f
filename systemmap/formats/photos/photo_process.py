"""The process in which a photo is parted, and which may be killed; never imported."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import cv2

from systemmap.errors import ReadError
from systemmap.formats.photos.cuts import Cut
from systemmap.formats.photos.opened import parted
from systemmap.formats.worker.process import OUT_OF_MEMORY, limit_work, stop_after


def main() -> int:
    """Part one photo from the standard input."""
    cv2.setNumThreads(1)  # else work is counted once for each
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read(asked["size"])
    limit_work(asked["seconds"], asked["memory"], 1)
    stop_after(asked["seconds"])
    said = asked["cuts"]
    try:
        boxes = None if said is None else [Cut(**cut) for cut in said]
        answer = asdict(parted(data, boxes))
    except ReadError as error:
        answer = {"refused": str(error)}
    except (MemoryError, cv2.error) as error:
        if isinstance(error, MemoryError) or "memory" in str(error).casefold():
            return OUT_OF_MEMORY
        answer = {
            "refused": "The photo could not be read. Save it again as JPEG, then try again. Nothing was changed."
        }
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())

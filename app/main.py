"""The script Streamlit reruns for each visitor and each change."""

from app.frame import require_shield

require_shield()  # before anything else is loaded, let alone shown

from app.menu import show  # noqa: E402

show()

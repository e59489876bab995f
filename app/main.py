"""The script Streamlit reruns for each visitor and each change."""

from app.menu import show

show()

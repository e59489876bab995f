"""What an analyst goes on with: frames, graphs, and maps shown in a notebook."""

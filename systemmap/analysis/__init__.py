"""What a map says: graph, loops, pathways, effects, importance, measures and checks."""

"""The domain, standard library only: records, one map, one programme."""

"""The incremental build: cache, snapshot of the sources, dependency graph, targets, workers."""

"""All briefings together: links resolved in both directions, reply status, statistics, listings."""

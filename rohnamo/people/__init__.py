"""The people served and the officials trained: found in any script, counted once, never handed out."""

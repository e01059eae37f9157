"""The pretended Hacienda, held to costa-rica.md."""

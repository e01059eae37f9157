"""The page of a document for who has its link: no log-in, no cookie, nothing of anybody else."""

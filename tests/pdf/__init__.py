"""The paper: what a PDF says, shows, carries and costs."""

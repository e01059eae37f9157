"""The screens as a member of a company asks for them, without a browser."""

"""The letter to the customer: worded, laid out, and put into MIME bytes that nobody can bend."""

"""The result document as a file for people: HTML, PDF and XLSX, all made of the same tables and pictures."""

"""What documents are made of: rows, pictures, pages and packages."""

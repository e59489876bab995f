"""The plan table: one understanding shared by its Word, Excel, HTML and text forms.

Each form is read into the same blocks (`blocks`), those are read into records
(`assembly`), and records are laid out as tables again (`layout`) for writing.
"""

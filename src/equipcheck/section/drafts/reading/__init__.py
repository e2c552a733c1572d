"""A drafted report (docx, md, txt) as paragraphs and rows of tables, each knowing where it stands."""

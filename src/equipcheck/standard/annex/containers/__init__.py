"""Files of every form → `grid.Annex`, in a process of their own."""

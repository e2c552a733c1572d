"""The passage as a Word document in the form of GB/T 9704-2012."""

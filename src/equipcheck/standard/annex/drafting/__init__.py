"""One printed row → one requirement, with its rules, kinds and the questions it leaves."""

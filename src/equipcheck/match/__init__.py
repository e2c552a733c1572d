"""Names to kinds: what decides, what is asked, what people decided before."""

"""One module for each thing the command line can be asked."""

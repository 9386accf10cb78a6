"""Microsoft Project XML for the tests: files, and MPXJ in a process of its own."""

"""Microsoft Project's XML (MSPDI): what its fields mean here, and what makes it reach our dates."""

"""The joint roadmap of marketing and IT: plain TOML in git, edited in a terminal."""

__version__ = "0.1.0"

"""Tests of one open roadmap."""

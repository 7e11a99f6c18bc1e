"""Readers of Nova's distributions: every one reads text or syntax trees, none imports or runs Nova."""

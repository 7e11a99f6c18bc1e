"""Collectors that ask real Nova and read its code. Never imported by novastatus, nor the other way round."""

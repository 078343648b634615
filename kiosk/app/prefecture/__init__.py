"""A plan on paper for a prefecture, played through: ten years of 77 towns with 300 tablets."""

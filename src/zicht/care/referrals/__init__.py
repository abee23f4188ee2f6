"""Referrals: asked of another organisation, answered, arrived, given back."""

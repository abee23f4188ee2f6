"""Consent: by purpose and recipient, who gave it, why they could, and from when it no longer counts."""

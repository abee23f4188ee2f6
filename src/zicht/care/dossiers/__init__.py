"""Dossiers: what goes along with a referral to a partner that does not run Zicht, signed and sealed in a file."""

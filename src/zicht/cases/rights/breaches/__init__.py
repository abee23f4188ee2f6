"""The register of personal data breaches, each with the 72 hours of its report."""

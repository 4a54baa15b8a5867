"""Reports beside one another: one issuer over years, issuers side by side."""

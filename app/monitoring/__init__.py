"""How an installation stands, for whoever runs it: probes, figures, findings and their page."""

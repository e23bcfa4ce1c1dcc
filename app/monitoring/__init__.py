"""The state of an installation, for administrators: probes, metrics, findings and their page."""

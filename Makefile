.PHONY: setup
setup:
	test -d .venv || python3 -m venv .venv
	.venv/bin/pip install -q --require-hashes -r requirements-dev.lock
	cd frontend && npm ci

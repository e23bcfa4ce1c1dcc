#!/bin/sh
# Starts Trivselstavlen from this folder. The first start installs it, and so does the first start of a newer folder,
# without the internet. Everything people write is in "Trivselstavlen" in your home folder, and stays there.
case "$0" in */*) here=${0%/*} ;; *) here=. ;; esac
here=$(cd -- "$here" && pwd) || exit 1
home="$HOME/Trivselstavlen"
for python in python3.14 python3.13 python3.12 python3.11 python3 ""; do
  [ -z "$python" ] && break
  "$python" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && break
done
if [ -z "$python" ]; then
  echo "Python 3.11 eller nyere mangler: se INSTALL.txt."
  echo "Python 3.11 or newer is missing: see INSTALL.txt."
  exit 1
fi
run="$home/program/bin/python"
if ! "$run" -c 'import importlib.metadata as m, sys; sys.exit(m.version("trivselstavlen") != "@VERSION@")' 2>/dev/null; then
  echo "Installerer … / Installing …"
  "$python" -m venv --clear "$home/program" || exit 1
  "$run" -m pip install -q --disable-pip-version-check --no-index --find-links "$here" "trivselstavlen==@VERSION@" || exit 1
fi
export TRIVSEL_DATA="${TRIVSEL_DATA:-$home/data}"
cd -- "$home" && exec "$run" -m app serve

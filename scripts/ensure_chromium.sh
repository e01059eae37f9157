#!/usr/bin/env bash
# Have a Chromium for the browser tests: find it, or install Debian's where that is allowed.
# Without one the browser tests skip and say why.
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests…"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null 2>&1
    apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1 && exit 0
    echo "Chromium could not be installed: browser tests will be skipped."
    exit 0
fi
echo "No Chromium, and no right to install one: browser tests will be skipped."

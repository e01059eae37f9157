#!/usr/bin/env bash
# Have what some tests look for outside Python: a Chromium, openssl, xmlsec1, and pdfsig, which
# shows whose signature a PDF has. Find them, or install Debian's where that is allowed. Without one
# its tests skip and say why.
"$(dirname "$0")/unpack_mta.sh"
missing=()
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && browser="$name"
done
[ -n "${browser:-}" ] || missing+=(chromium)
command -v xmlsec1 >/dev/null 2>&1 || missing+=(xmlsec1)
command -v openssl >/dev/null 2>&1 || missing+=(openssl)
command -v pdfsig >/dev/null 2>&1 || missing+=(poppler-utils)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Missing: ${missing[*]}, and no right to install them: their tests will be skipped."
    exit 0
fi
echo "Installing for the tests: ${missing[*]}…"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null 2>&1
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
    echo "${missing[*]} could not be installed: their tests will be skipped."

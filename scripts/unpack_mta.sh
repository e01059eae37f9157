#!/usr/bin/env bash
# Have Debian's Postfix and Exim for the tests of genuine reports, in .mta: unpacked, not installed,
# for they exclude each other and would be started. Without apt-get these tests skip and say why.
set -u
folder="$(cd "$(dirname "$0")/.." && pwd)/.mta"
[ -x "$folder/usr/sbin/exim4" ] && [ -x "$folder/usr/lib/postfix/sbin/master" ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "No right to fetch Postfix and Exim: the tests of genuine reports will be skipped."
    exit 0
fi
echo "Fetching Postfix and Exim for the tests…"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
packages=(postfix exim4-daemon-light libidn12 libgnutls-dane0 libunbound8 libicu72 libnsl2
    libnss-wrapper libsasl2-2 libdb5.3)
cd "$work" || exit 0
apt-get update -qq >/dev/null 2>&1
for package in "${packages[@]}"; do
    apt-get -o APT::Sandbox::User=root download -qq "$package" >/dev/null 2>&1
done
mkdir -p "$folder"
for file in ./*.deb; do
    [ -e "$file" ] && dpkg -x "$file" "$folder"
done
# As others' programs they would not take the libraries beside them.
chmod -R u-s,g-s "$folder"
[ -x "$folder/usr/sbin/exim4" ] && [ -x "$folder/usr/lib/postfix/sbin/master" ] ||
    echo "Postfix or Exim could not be fetched: their tests will be skipped."

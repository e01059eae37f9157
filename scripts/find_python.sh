#!/usr/bin/env bash
# Print a Python of that version that really runs, from PATH or a version manager; fail without one.
version="$1"
for candidate in "python$version" "$HOME/.pyenv/versions/$version".*/bin/python; do
    path=$(command -v "$candidate" 2>/dev/null) || continue
    if [ "$("$path" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$version" ]; then
        echo "$path"
        exit 0
    fi
done
exit 1

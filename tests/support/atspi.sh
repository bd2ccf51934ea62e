#!/bin/sh
# Inside xvfb-run and dbus-run-session: the window of walkable.py, and a reader that walks it.
# atspi.sh VENV_PYTHON ANSWER
set -u
dbus-send --session --dest=org.a11y.Bus --print-reply /org/a11y/bus org.freedesktop.DBus.Properties.Set \
    string:org.a11y.Status string:IsEnabled variant:boolean:true >/dev/null
QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_QPA_PLATFORM=xcb "$1" -m tests.support.walkable &
window=$!
timeout 60 /usr/bin/python3 tests/support/listener.py "$2"
code=$?
kill "$window"
wait "$window"
exit "$code"

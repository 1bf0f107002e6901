# shellcheck shell=bash
# What the user sees: plain lines, one changing progress line on a terminal, colour only where it is wanted.

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
  BOLD=$'\033[1m' RED=$'\033[31m' YELLOW=$'\033[33m' GREEN=$'\033[32m' PLAIN=$'\033[0m'
else
  BOLD='' RED='' YELLOW='' GREEN='' PLAIN=''
fi
if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then LIVE=1; else LIVE=''; fi

SPINNER='|/-+'
spin=0
live_line='' # 1 while a progress line stands on the terminal

say() {
  clear_progress
  printf '%s\n' "$*" 2>/dev/null # a reader that went away is noticed by SIGPIPE
}

# A progress line that the next one overwrites; on anything but a terminal, nothing: milestones are said by `say`.
progress() {
  [ -n "$LIVE" ] || return 0
  spin=$(((spin + 1) % 4))
  local text="${SPINNER:$spin:1} $*" width=${COLUMNS:-80}
  printf '\r\033[K%s' "${text:0:$((width - 1))}"
  live_line=1
}

clear_progress() {
  [ -n "$live_line" ] || return 0
  printf '\r\033[K'
  live_line=''
}

complain() {
  clear_progress
  printf '%sweir: %s%s\n' "$RED" "$*" "$PLAIN" >&2
}

# One line, and out: 1 for what failed, 2 for how it was called.
die() {
  complain "$*"
  exit 1
}

usage_error() {
  complain "$*"
  exit 2
}

# A path as the user would type it: relative to where they stand if it is below.
shown() {
  case $1 in
    "$PWD"/*) printf '%s' "${1#"$PWD"/}" ;;
    *) printf '%s' "$1" ;;
  esac
}

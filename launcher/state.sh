# shellcheck shell=bash
# Who runs: .weir/run/processes has a line per process (name, pid, start mark, port, management port), written the
# moment it starts, so that a later ./weir finds it even if this one is killed. A pid alone proves nothing, for the
# system gives it to somebody else later: pid and time of start together do.

RUN=$STATE/run
PROCESSES=$RUN/processes
OWNER=$RUN/launcher # pid and start mark of the `up` that runs; creating it is the lock
SETTINGS=$RUN/settings # shell-free "name value" lines: redis, config

# When the process started, as an opaque word; empty if there is none, or only a zombie that nobody has reaped.
start_mark() {
  local stat
  if [ -d /proc/self ]; then
    read -r stat 2>/dev/null <"/proc/$1/stat" || return 0
    # Fields 3 (state) and 22 (time of start), counted behind the name, which may contain blanks and brackets itself.
    # shellcheck disable=SC2086
    set -- ${stat##*) }
    [ "${1:-Z}" = Z ] || printf '%s' "${20:-}"
  else
    stat=$(LC_ALL=C ps -o stat= -o lstart= -p "$1" 2>/dev/null | tr -s ' ' '_')
    case $stat in
      '' | Z*) ;;
      *) printf '%s' "${stat#*_}" ;;
    esac
  fi
}

is_same_process() {
  [ -n "$1" ] && [ -n "$2" ] && kill -0 "$1" 2>/dev/null && [ "$(start_mark "$1")" = "$2" ]
}

remember() {
  mkdir -p "$RUN" || die "cannot create $RUN"
  printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$(start_mark "$2")" "$3" "$4" >>"$PROCESSES"
}

forget() {
  [ -f "$PROCESSES" ] || return 0
  awk -F '\t' -v name="$1" '$1 != name' "$PROCESSES" >"$PROCESSES.new" && mv "$PROCESSES.new" "$PROCESSES"
}

# processes COMMAND: calls COMMAND name pid mark port management for each line, in the order of starting.
each_process() {
  local name pid mark port management
  [ -f "$PROCESSES" ] || return 0
  while IFS=$'\t' read -r name pid mark port management <&4; do
    "$1" "$name" "$pid" "$mark" "$port" "$management"
  done 4<"$PROCESSES"
}

setting() { [ -f "$SETTINGS" ] && sed -n "s/^$1 //p" "$SETTINGS" | head -n 1; }

# The pid of the `up` that runs in this checkout, or nothing.
running_launcher() {
  local pid mark
  [ -f "$OWNER" ] || return 0
  read -r pid mark <"$OWNER" || return 0
  is_same_process "$pid" "$mark" && printf '%s' "$pid"
}

# Takes the lock, first clearing away what a killed launcher left; dies if another `up` runs.
take_ownership() {
  local other try
  mkdir -p "$RUN" "$STATE/log" || die "cannot create $STATE: is the checkout writable?"
  for try in 1 2 3; do
    # linked into place whole: nobody finds it there and still empty
    printf '%s %s\n' "$$" "$(start_mark "$$")" >"$OWNER.$$" || die "cannot write $STATE: is the checkout writable?"
    if ln "$OWNER.$$" "$OWNER" 2>/dev/null; then
      rm -f "$OWNER.$$"
      return 0
    fi
    rm -f "$OWNER.$$"
    other=$(running_launcher)
    [ -z "$other" ] || die "Weir already runs in this checkout (process $other): ./weir status shows it, ./weir down stops it"
    stop_leftovers
    rm -f "$OWNER"
  done
  die "cannot take $(shown "$OWNER") after $try attempts: is another ./weir up starting?"
}

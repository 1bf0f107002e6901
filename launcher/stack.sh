# shellcheck shell=bash
# Starting and stopping processes: each in a process group of its own, so that a Ctrl-C meant for the launcher does not
# reach them all at once and in no order.

GRACE=20 # seconds between TERM and KILL

STOP='' # the signal that asked us to stop, if one did; looked at between steps, so no step is cut in half
HANGUP=''

guard_signals() {
  trap 'STOP=${STOP:-INT}; INSIST=$((${INSIST:-0} + 1))' INT
  trap 'STOP=${STOP:-TERM}' TERM
  trap 'STOP=${STOP:-PIPE}; exec >/dev/null' PIPE # somebody closed our output: `./weir up | head`
  trap 'HANGUP=1' HUP
}

HAD_TERMINAL=''
[ -t 1 ] && HAD_TERMINAL=1

# A hangup that came because the terminal was closed, not from somebody who sent SIGHUP.
lost_terminal() { [ -n "$HAD_TERMINAL" ] && [ ! -t 1 ]; }

# To be called in every loop that waits: leaves if a signal asked for it.
heed_signals() {
  if [ -n "$HANGUP" ] && lost_terminal; then STOP=HUP; fi
  case $STOP in
    '') return 0 ;;
    INT) exit 130 ;;
    HUP) exit 129 ;;
    PIPE) exit 141 ;;
    *) exit 143 ;;
  esac
}

# start NAME PORT MANAGEMENT COMMAND...: runs it in the background, its output in .weir/log/NAME.log (the former one is
# kept as NAME.log.1). The caller exports what the process needs, in a subshell if it is secret.
start() {
  local name=$1 port=$2 management=$3 log=$STATE/log/$1.log pid
  shift 3
  [ -f "$log" ] && mv -f "$log" "$log.1"
  set -m
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  set +m
  remember "$name" "$pid" "$port" "$management"
}

start_redis() {
  mkdir -p "$STATE/redis"
  start redis "$1" - "$REDIS_SERVER" "$ROOT/config/redis.conf" --port "$1" --dir "$STATE/redis"
}

# WEIR_JAVA_OPTS comes last and wins; it is a list of words.
start_jvm() {
  local name=$1 port=$2 management=$3 heap=$4
  shift 4
  # shellcheck disable=SC2086
  start "$name" "$port" "$management" "$JAVA" -Xms32m "-Xmx$heap" -XX:+ExitOnOutOfMemoryError ${WEIR_JAVA_OPTS:-} -jar "$@"
}

start_gateway() { # INDEX
  WEIR_PORT=$((PORT + 100 * $1))
  WEIR_MANAGEMENT_PORT=$((WEIR_PORT + 1000))
  WEIR_REPLICA_ID=replica-$(($1 + 1))
  export WEIR_PORT WEIR_MANAGEMENT_PORT WEIR_REPLICA_ID
  start_jvm "$WEIR_REPLICA_ID" "$WEIR_PORT" "$WEIR_MANAGEMENT_PORT" 512m "$(jar_of gateway)" "--config=$CONFIG"
}

start_origins() {
  start_jvm blog "$BLOG_PORT" - 192m "$(jar_of origin-blog)"
  start_jvm ssr "$SSR_PORT" - 256m "$(jar_of origin-ssr)"
}

is_gateway() { case $1 in replica-*) return 0 ;; *) return 1 ;; esac }

# Gateways first, so that nobody is answered by a stack half gone; then the origins; Redis last, for it holds the log.
stop_everything() {
  stop_those 'replica-*' "$GRACE"
  stop_those 'blog ssr' "$GRACE"
  stop_those redis "$GRACE"
  rm -f "$PROCESSES" "$PROCESSES.new" "$SETTINGS"
}

stop_leftovers() {
  [ -s "$PROCESSES" ] && say "clearing away what an earlier run left behind"
  stop_everything
}

stop_those() { # PATTERNS GRACE
  PATTERNS=$1 LEFT=''
  each_process ask_to_stop
  [ -z "$LEFT" ] && return 0
  local tick=0
  while [ $tick -lt $(($2 * 10)) ]; do
    LEFT=''
    each_process note_living
    [ -z "$LEFT" ] && return 0
    [ "${INSIST:-0}" -ge 2 ] && break # Ctrl-C again: no more patience
    progress "stopping$LEFT"
    sleep 0.1
    tick=$((tick + 1))
  done
  complain "$LEFT did not stop in time: killed"
  each_process kill_now
}

matches() { # NAME
  local pattern
  for pattern in $PATTERNS; do
    # shellcheck disable=SC2254
    case $1 in $pattern) return 0 ;; esac
  done
  return 1
}

signal_group() { kill -s "$1" -- "-$2" 2>/dev/null || kill -s "$1" "$2" 2>/dev/null; }

ask_to_stop() {
  matches "$1" && is_same_process "$2" "$3" || return 0
  LEFT="$LEFT $1"
  signal_group TERM "$2"
}

note_living() {
  if matches "$1" && is_same_process "$2" "$3"; then LEFT="$LEFT $1"; fi
}

kill_now() {
  if matches "$1" && is_same_process "$2" "$3"; then signal_group KILL "$2"; fi
}

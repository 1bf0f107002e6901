# shellcheck shell=bash
# `up` in the foreground: shows warnings and errors of the logs as they come, and notices a process that dies.

LOG_NAMES=() LOG_OFFSETS=()

follow_log() { # NAME FROM: 0 to see it from its first line, `end` from now on
  local from=$2
  [ "$from" = end ] && from=$(($(wc -c <"$STATE/log/$1.log")))
  LOG_NAMES[${#LOG_NAMES[@]}]=$1
  LOG_OFFSETS[${#LOG_OFFSETS[@]}]=$from
}

show_warnings() {
  local i=0 name size
  for name in "${LOG_NAMES[@]}"; do
    size=$(($(wc -c <"$STATE/log/$name.log" 2>/dev/null || echo 0)))
    [ "$size" -lt "${LOG_OFFSETS[$i]}" ] && LOG_OFFSETS[i]=0 # somebody emptied it
    if [ "$size" -gt "${LOG_OFFSETS[$i]}" ]; then
      new_warnings "$name" "${LOG_OFFSETS[$i]}" "$size"
      LOG_OFFSETS[i]=$size
    fi
    i=$((i + 1))
  done
}

# At most 20 lines at once; control characters go, for a log may quote what a stranger sent.
new_warnings() { # NAME FROM TO
  local pattern='^.{0,60}[^[:alnum:]](WARN|ERROR|FATAL)[^[:alnum:]]' line
  [ "$1" = redis ] && pattern='^[0-9]+:[A-Z] [^*#]* # '
  tail -c "+$(($2 + 1))" "$STATE/log/$1.log" | head -c $(($3 - $2)) | LC_ALL=C grep -aE "$pattern" |
    LC_ALL=C tr -d '\000-\010\013-\037\177' | head -n 20 | while IFS= read -r line; do
    printf '%s%-9s |%s %s\n' "$YELLOW" "$1" "$PLAIN" "$line"
  done
}

# Leaves if a process is gone, with the end of what it said.
check_alive() {
  DEAD='' DEAD_PID=''
  each_process note_dead
  [ -z "$DEAD" ] && return 0
  local status
  wait "$DEAD_PID" 2>/dev/null
  status=$?
  heed_signals # gone because we all are to go
  complain "$DEAD ended unexpectedly ($(exit_reason "$status")); the end of $(shown "$STATE/log/$DEAD.log"):"
  show_log_end "$DEAD"
  exit 1
}

show_log_end() { # NAME
  tail -n 15 "$STATE/log/$1.log" | LC_ALL=C tr -d '\000-\010\013-\037\177' | sed 's/^/  /' >&2
}

note_dead() {
  if [ -z "$DEAD" ] && ! is_same_process "$2" "$3"; then DEAD=$1 DEAD_PID=$2; fi
}

exit_reason() {
  case $1 in
    137) printf 'killed, perhaps for want of memory' ;;
    3) printf 'exit 3: out of memory, see WEIR_JAVA_OPTS' ;;
    *) printf 'exit %s' "$1" ;;
  esac
}

follow() {
  while :; do
    if [ -n "$HANGUP" ]; then pass_hangup; fi
    case $STOP in
      INT | TERM | HUP) return 0 ;; # a wanted end
    esac
    heed_signals
    check_alive
    show_warnings
    sleep 0.5
  done
}

# SIGHUP means "read your files again", unless it came because our terminal is gone.
pass_hangup() {
  HANGUP=''
  if lost_terminal; then
    STOP=HUP
    return 0
  fi
  say "SIGHUP: gateways and blog read their files again"
  each_process hang_up
}

hang_up() {
  { is_gateway "$1" || [ "$1" = blog ]; } && is_same_process "$2" "$3" && kill -s HUP "$2"
}

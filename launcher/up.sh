# shellcheck shell=bash
# `weir up`: everything that can be refused is refused before anything starts; then all starts at once.

START_TIMEOUT=${WEIR_START_TIMEOUT:-180} # seconds until every process must be ready

command_up() {
  read_up_options ${1+"$@"}
  need_java
  guard_signals
  take_ownership
  trap 'finish $?' EXIT
  heed_signals
  need_built gateway origin-blog origin-ssr loadtest
  [ "$REDIS" = own ] && need_redis_server
  check_ports
  need_admin_key
  local began=$SECONDS
  start_stack
  wait_ready
  show_table "$((SECONDS - began))" 2>/dev/null
  follow
  exit 0
}

finish() { # STATUS: the one way out of `up`, whatever happened
  trap '' TERM HUP PIPE
  trap - EXIT
  { [ -s "$PROCESSES" ] && say "stopping"; } 2>/dev/null
  end_build 2>/dev/null
  stop_everything 2>/dev/null
  rm -f "$OWNER"
  { [ "$1" -eq 0 ] && say "stopped"; } 2>/dev/null
  exit "$1"
}

read_up_options() {
  REPLICAS=1 REDIS=${WEIR_REDIS_URI:-own} PORT=8080 BLOG_PORT=8081 SSR_PORT=8082 CONFIG=$ROOT/config
  while [ $# -gt 0 ]; do
    split_option "$@"
    case $OPTION in
      --replicas) need_number 1 10 && REPLICAS=$VALUE ;;
      --no-redis) need_no_value && REDIS='' ;;
      --redis) need_value && check_redis_uri --redis "$VALUE" && REDIS=$VALUE ;;
      --port) need_number 1 63000 && PORT=$VALUE ;;
      --blog-port) need_number 1 65535 && BLOG_PORT=$VALUE ;;
      --ssr-port) need_number 1 65535 && SSR_PORT=$VALUE ;;
      --config) need_value && CONFIG=$VALUE ;;
      *) unknown_option "$1" ;;
    esac
    shift "$SHIFT"
  done
  # The --redis given is checked already; this one may come from the environment, and --no-redis overrules it.
  case $REDIS in own | '') ;; *) check_redis_uri WEIR_REDIS_URI "$REDIS" ;; esac
  if [ -z "$REDIS" ] && [ "$REPLICAS" -gt 1 ]; then
    usage_error "--no-redis goes with one gateway only: a purge would reach one of $REPLICAS, and the others would serve what was purged"
  fi
  local file
  for file in gateway.yaml routes.yaml; do
    [ -r "$CONFIG/$file" ] || die "there is no readable $file in $(shown "$CONFIG"): --config takes a folder with gateway.yaml and routes.yaml"
  done
  CONFIG=$(cd "$CONFIG" && pwd -P)
}

# Every port that the stack will take, as "port name" lines.
wanted_ports() {
  local i=0
  printf '%s blog\n%s ssr\n' "$BLOG_PORT" "$SSR_PORT"
  while [ $i -lt "$REPLICAS" ]; do
    printf '%s replica-%s\n' $((PORT + 100 * i)) $((i + 1))
    printf '%s replica-%s-management\n' $((PORT + 1000 + 100 * i)) $((i + 1))
    i=$((i + 1))
  done
}

check_ports() {
  local port name taken='' twice
  twice=$(wanted_ports | cut -d' ' -f1 | sort | uniq -d | head -n 1)
  [ -z "$twice" ] || die "two processes would share port $twice: choose others by --port, --blog-port or --ssr-port"
  while read -r port name; do
    if is_listening "$port"; then
      complain "port $port ($name) is in use$(listener_on "$port")"
      taken=1
    fi
  done <<PORTS
$(wanted_ports)
PORTS
  [ -z "$taken" ] || die "nothing was started: end what holds the ports, or choose others by --port, --blog-port, --ssr-port"
}

# The key of the management ports: from WEIR_ADMIN_KEY, else made once and kept in a file that only its owner reads.
need_admin_key() {
  if [ -z "${WEIR_ADMIN_KEY:-}" ]; then
    if [ ! -s "$STATE/admin.key" ]; then
      make_admin_key || die "cannot write $(shown "$STATE/admin.key")"
    fi
    WEIR_ADMIN_KEY=$(cat "$STATE/admin.key") || die "cannot read $(shown "$STATE/admin.key")"
  fi
  export WEIR_ADMIN_KEY
}

make_admin_key() {
  (umask 077 && head -c 24 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$STATE/admin.key.new") &&
    mv "$STATE/admin.key.new" "$STATE/admin.key"
}

start_stack() {
  local i=0 redis_port
  WEIR_REDIS_URI=$REDIS
  if [ "$REDIS" = own ]; then
    redis_port=$(free_port) || exit 1
    start_redis "$redis_port"
    WEIR_REDIS_URI=redis://127.0.0.1:$redis_port
  fi
  printf 'redis %s\nconfig %s\n' "$(without_password "${WEIR_REDIS_URI:-none}")" "$CONFIG" >"$SETTINGS"
  export WEIR_REDIS_URI BLOG_PORT SSR_PORT
  export BLOG_URL=http://127.0.0.1:$BLOG_PORT SSR_URL=http://127.0.0.1:$SSR_PORT
  export BLOG_PUBLIC_URL=${BLOG_PUBLIC_URL:-http://127.0.0.1:$PORT}
  export BLOG_CONTENT=${BLOG_CONTENT:-$ROOT/origin-blog/content}
  WEIR_PURGE_URLS=''
  while [ $i -lt "$REPLICAS" ]; do
    WEIR_PURGE_URLS=${WEIR_PURGE_URLS:+$WEIR_PURGE_URLS,}http://127.0.0.1:$((PORT + 1000 + 100 * i))
    i=$((i + 1))
  done
  export WEIR_PURGE_URLS
  # Gateways connect to Redis as they start; it needs a fraction of the time that a JVM needs to get there.
  i=0
  while [ $i -lt "$REPLICAS" ]; do
    start_gateway $i
    i=$((i + 1))
  done
  start_origins
}

wait_ready() {
  local began=$SECONDS
  READY=' '
  each_process follow_from_start
  while :; do
    heed_signals
    check_alive
    PENDING=''
    each_process note_pending
    show_warnings
    [ -z "$PENDING" ] && return 0
    [ $((SECONDS - began)) -lt "$START_TIMEOUT" ] || give_up_waiting
    progress "waiting for$PENDING $((SECONDS - began)) s"
    sleep 0.3
  done
}

give_up_waiting() {
  local name
  for name in $PENDING; do
    complain "$name is not ready; the end of $(shown "$STATE/log/$name.log"):"
    show_log_end "$name"
  done
  die "not ready after $START_TIMEOUT s:$PENDING (WEIR_START_TIMEOUT sets the bound)"
}

# Redis says things at its start that are nobody's concern here.
follow_from_start() {
  case $1 in
    redis) ;;
    *) follow_log "$1" 0 ;;
  esac
}

note_pending() { # NAME PID MARK PORT MANAGEMENT
  case $READY in *" $1 "*) return 0 ;; esac
  local port=$4
  [ "$5" = - ] || port=$5
  case $1 in
    redis) answers_ping "$port" ;;
    suite) is_listening "$port" ;; # no program of ours (see conformance.sh)
    *) is_ready "$port" ;;
  esac || {
    PENDING="$PENDING $1"
    return 0
  }
  READY="$READY$1 "
  [ "$1" = redis ] && follow_log redis end
  say "  $GREEN$1$PLAIN is ready (port $4)"
}

show_table() { # SECONDS
  local i=1
  printf '\n%sWeir is up%s after %s s; Redis: %s\n\n' "$BOLD" "$PLAIN" "$1" "$(setting redis)"
  printf '  %-12s %s\n' "blog" "http://127.0.0.1:$PORT/blog/" "spellbook" "http://127.0.0.1:$PORT/spells"
  while [ $i -lt "$REPLICAS" ]; do
    printf '  %-12s %s\n' "replica $((i + 1))" "http://127.0.0.1:$((PORT + 100 * i))/blog/"
    i=$((i + 1))
  done
  printf '  %-12s %s\n' "management" "http://127.0.0.1:$((PORT + 1000))/replicas  /routes  /explain?url=…  /actuator/prometheus"
  printf '  %-12s %s\n' "logs" "$(shown "$STATE/log")/*.log (warnings and errors show below)" \
    "try" "./weir load   ./weir status   ./weir explain /blog/   ./weir purge --prefix /blog/" \
    "stop" "Ctrl-C here, or ./weir down"
  printf '\n'
}

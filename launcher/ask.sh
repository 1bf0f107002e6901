# shellcheck shell=bash
# Commands that ask or end a running stack: status, down, explain, check, load.

need_running() {
  [ -n "$(running_launcher)" ] || die "Weir does not run in this checkout: start it by ./weir up${1:-}"
}

# While `up` builds or waits for Redis there is nobody to ask yet.
need_gateways() {
  need_running "${1:-}"
  [ -n "$(gateway_ports)" ] || die "Weir is still starting, see ./weir status"
}

# Management ports of the gateways, in order; ports of the origins; public ports of the gateways.
management_ports() { awk -F '\t' '$1 ~ /^replica-/ { print $5 }' "$PROCESSES" 2>/dev/null; }
origin_ports() { awk -F '\t' '$1 == "blog" || $1 == "ssr" { print $4 }' "$PROCESSES" 2>/dev/null; }
gateway_ports() { awk -F '\t' '$1 ~ /^replica-/ { print $4 }' "$PROCESSES" 2>/dev/null; }

command_down() {
  [ $# -eq 0 ] || unknown_option "$1"
  local pid tick=0
  pid=$(running_launcher)
  if [ -z "$pid" ]; then
    end_leftover_build
    if [ -s "$PROCESSES" ]; then
      stop_leftovers
      break_lock "$OWNER"
      say "stopped"
    else
      say "nothing runs in this checkout"
    fi
    return 0
  fi
  kill -s TERM "$pid" || die "cannot signal process $pid"
  # Its own bounds are shorter: three groups, each with its grace.
  while [ $tick -lt $((GRACE * 10 * 4)) ]; do
    [ -z "$(running_launcher)" ] && {
      say "stopped"
      return 0
    }
    progress "stopping"
    sleep 0.1
    tick=$((tick + 1))
  done
  die "process $pid does not end: kill -9 $pid, then ./weir down again"
}

command_status() {
  [ $# -eq 0 ] || unknown_option "$1"
  local owner
  owner=$(running_launcher)
  if [ -z "$owner" ]; then
    [ -s "$PROCESSES" ] || die "Weir does not run in this checkout: start it by ./weir up"
    complain "its launcher is gone, but it left processes: ./weir down ends them"
  fi
  if [ -z "$(gateway_ports)" ]; then
    [ -z "$(holder_of "$BUILD_LOCK")" ] || say "building, output in $(shown "$BUILD_LOG")"
    die "Weir is still starting${owner:+ (process $owner)}"
  fi
  printf 'Redis: %s   configuration: %s\n' "$(setting redis)" "$(shown "$(setting config)")"
  printf '%-11s %8s %6s %11s  %-9s %s\n' process pid port management state requests
  NOT_READY=''
  each_process show_status
  [ -z "$NOT_READY" ]
}

show_status() { # NAME PID MARK PORT MANAGEMENT
  local state=ready requests=''
  if ! is_same_process "$2" "$3"; then
    state=gone
  elif [ "$1" = redis ]; then
    answers_ping "$4" || state=silent
  elif is_gateway "$1"; then
    is_ready "$5" || state='not ready'
    requests=$(gateway_requests "$5")
  else
    is_ready "$4" || state='not ready'
    requests=$(http_get "$4" /actuator/metrics/origin.requests | sed -n 's/.*"statistic":"COUNT","value":\([0-9]*\).*/\1/p')
  fi
  [ "$state" = ready ] || NOT_READY=1
  printf '%-11s %8s %6s %11s  %-9s %s\n' "$1" "$2" "$4" "$5" "$state" "$requests"
}

# Answered requests by where the answer came from, most frequent first; all routes and statuses together.
gateway_requests() { # MANAGEMENT_PORT
  http_get "$1" /actuator/prometheus | awk '
    /^weir_requests_total\{/ && match($0, /verdict="[^"]*"/) {
      count[substr($0, RSTART + 9, RLENGTH - 10)] += $NF
    }
    END { for (verdict in count) printf "%d %s\n", count[verdict], verdict }' |
    sort -rn | awk '{ printf "%s%s %d", separator, $2, $1; separator = ", " }'
}

need_curl() {
  command -v curl >/dev/null 2>&1 || die "curl is not on the PATH: install it to use ./weir $command"
}

# No proxy between us and a loopback address, whatever the environment says.
ask() { curl -sS --noproxy '127.0.0.1,localhost,::1' --connect-timeout 3 "$@"; }

command_explain() {
  local url='' port front failed=''
  while [ $# -gt 0 ]; do
    case $1 in
      -*) unknown_option "$1" ;;
      *)
        [ -z "$url" ] || unknown_option "$1"
        url=$1
        ;;
    esac
    shift
  done
  [ -n "$url" ] || usage_error "explain needs a URL, such as ./weir explain /blog/"
  need_curl
  need_gateways
  # A path means the first gateway's address: the host is part of the key, and replicas share what has one name.
  front=$(gateway_ports | head -n 1)
  case $url in /*) url=http://127.0.0.1:$front$url ;; esac
  for port in $(management_ports); do
    say "$BOLD$(replica_at "$port")$PLAIN"
    ask --max-time 10 -G --data-urlencode "url=$url" "http://127.0.0.1:$port/explain" || failed=1
    printf '\n'
  done
  [ -z "$failed" ] || die "not every replica answered"
}

replica_at() { awk -F '\t' -v port="$1" '$5 == port { print $1 }' "$PROCESSES"; }

command_check() {
  local folder=$ROOT/config
  case ${1-} in
    -*) unknown_option "$1" ;;
    ?*)
      folder=$1
      shift
      ;;
  esac
  [ $# -eq 0 ] || unknown_option "$1"
  [ -d "$folder" ] || die "there is no folder $folder"
  need_java
  guard_signals
  trap end_build EXIT
  need_built gateway
  trap - EXIT INT TERM HUP PIPE
  exec "$JAVA" -Xmx128m -XX:TieredStopAtLevel=1 -jar "$(jar_of gateway)" check "$folder"
}

# With the running stack's addresses behind the user's own words, unless those name other ones. Today's gateways coalesce
# requests each for itself, so a cold page may cost the origin one request for each gateway. A measurement that starts
# its own gateways needs no running stack.
command_load() {
  local port word words='' gateways=0 limit='' measures=''
  [ "${1-}" = spread ] && measures=1
  for word in ${1+"$@"}; do
    case $word in
      --replicas | --replicas=*) measures=1 ;;
      --gateway | --gateway=*) gateways=$((gateways + 1)) ;;
      --origin-limit | --origin-limit=*) limit=given ;;
    esac
  done
  if [ -n "$measures" ]; then
    run_load gateway -- ${1+"$@"}
  fi
  if [ $gateways -eq 0 ]; then
    need_gateways ", or name one by --gateway URL"
    for port in $(gateway_ports); do
      words="$words --gateway http://127.0.0.1:$port"
      gateways=$((gateways + 1))
    done
    for port in $(origin_ports); do words="$words --origin-metrics http://127.0.0.1:$port"; done
  fi
  [ -n "$limit" ] || [ "${1-}" = browse ] || words="$words --origin-limit $gateways"
  # shellcheck disable=SC2086
  run_load -- ${1+"$@"} $words
}

# run_load [MODULE...] -- WORD...: becomes the load test, once it and those modules are built.
run_load() {
  local modules=loadtest
  while [ "$1" != -- ]; do
    modules="$1 $modules"
    shift
  done
  shift
  need_java
  guard_signals
  trap end_build EXIT
  # shellcheck disable=SC2086
  need_built $modules
  trap - EXIT INT TERM HUP PIPE
  # shellcheck disable=SC2086
  exec "$JAVA" -Xmx1g ${WEIR_JAVA_OPTS:-} "-Dweir.root=$ROOT" -jar "$(jar_of loadtest)" ${1+"$@"}
}

# shellcheck shell=bash
# `weir conformance`: the public suite http-cache-tests against a gateway of its own, on free ports, with the suite's own
# origin behind it. Nothing of it touches what `up` runs, and all that it writes lies in loadtest/target/cache-tests.

SUITE_SOURCE=$ROOT/loadtest/cache-tests
SUITE=$ROOT/loadtest/target/cache-tests

command_conformance() {
  read_conformance_options ${1+"$@"}
  need_java
  need_node
  guard_signals
  trap end_build EXIT
  need_built gateway
  [ -z "$SUITE_REDIS" ] || need_redis_server
  own_state
  trap 'finish_conformance $?' EXIT
  heed_signals
  install_suite
  heed_signals
  write_suite_config
  start_suite
  wait_ready
  run_suite
}

read_conformance_options() {
  SUITE_REDIS='' SUITE_ID='' SUITE_RULES='{}'
  while [ $# -gt 0 ]; do
    split_option "$@"
    case $OPTION in
      --redis) need_no_value && SUITE_REDIS=own ;;
      --suite-rules) need_no_value && SUITE_RULES='{ set-cookie: store, targets: [Surrogate-Control] }' ;;
      --id) need_value && SUITE_ID=$VALUE ;;
      *) unknown_option "$1" ;;
    esac
    shift "$SHIFT"
  done
}

need_node() {
  local version
  command -v node >/dev/null 2>&1 || die "node is not on the PATH: install Node.js 18 or later to run the suite"
  command -v npm >/dev/null 2>&1 || die "npm is not on the PATH: it comes with Node.js and installs the suite"
  version=$(node --version 2>/dev/null)
  version=${version#v}
  case ${version%%.*} in
    '' | *[!0-9]*) die "cannot read the version of $(command -v node): the suite needs Node.js 18 or later" ;;
  esac
  [ "${version%%.*}" -ge 18 ] || die "node is version $version: the suite needs 18 or later"
}

# From here on processes, logs and locks are kept apart from those of `up`.
own_state() {
  STATE=$SUITE/state
  RUN=$STATE/run PROCESSES=$STATE/run/processes OWNER=$STATE/run/launcher
  mkdir -p "$RUN" "$STATE/log" || die "cannot create $(shown "$STATE"): is the checkout writable?"
  take_lock "$OWNER" && return 0
  local other
  other=$(holder_of "$OWNER")
  [ -z "$other" ] || die "another ./weir conformance runs in this checkout (process $other)"
  break_lock "$OWNER"
  take_lock "$OWNER" || die "cannot take $(shown "$OWNER")"
  stop_suite # what one that was killed left behind
}

finish_conformance() { # STATUS
  trap '' TERM HUP PIPE
  trap - EXIT
  stop_suite 2>/dev/null
  rm -f "$OWNER"
  exit "$1"
}

stop_suite() {
  stop_those 'replica-*' "$GRACE"
  stop_those suite "$GRACE"
  stop_those redis "$GRACE"
  rm -f "$PROCESSES"
}

# By the lock file, byte for byte; again only when it has changed.
install_suite() {
  local log=$STATE/log/npm.log
  cp "$SUITE_SOURCE"/*.json "$SUITE_SOURCE"/*.mjs "$SUITE/" || die "cannot write to $(shown "$SUITE")"
  cmp -s "$SUITE/package-lock.json" "$SUITE/node_modules/installed-lock.json" && return 0
  say "installing the suite into $(shown "$SUITE") (output in $(shown "$log"))"
  (cd "$SUITE" && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1 </dev/null ||
    die "npm could not install the suite: see $(shown "$log")"
  cp "$SUITE/package-lock.json" "$SUITE/node_modules/installed-lock.json"
}

write_suite_config() {
  ORIGIN_PORT=$(free_port) || exit 1
  CONFIG=$SUITE/config
  mkdir -p "$CONFIG" || die "cannot create $(shown "$CONFIG")"
  printf 'weir:\n  address: 127.0.0.1\n' >"$CONFIG/gateway.yaml"
  cat >"$CONFIG/routes.yaml" <<ROUTES
origins:
  suite:
    urls: ["http://127.0.0.1:$ORIGIN_PORT"]
routes:
  - id: suite
    match: { path: "/**" }
    origin: suite
    cache: $SUITE_RULES
ROUTES
}

# A gateway of index i listens on PORT + 100 * i, its management port is 1000 above (see start_gateway).
start_suite() {
  local redis_port
  WEIR_REDIS_URI=''
  if [ -n "$SUITE_REDIS" ]; then
    redis_port=$(free_port) || exit 1
    start_redis "$redis_port"
    WEIR_REDIS_URI=redis://127.0.0.1:$redis_port
  fi
  export WEIR_REDIS_URI
  # The suite reads its settings from the variables that npm would set.
  (
    cd "$SUITE" || exit 1
    export npm_config_protocol=http npm_config_port="$ORIGIN_PORT" npm_config_pidfile="$STATE/run/suite.pid"
    start suite "$ORIGIN_PORT" - node origin.mjs
  )
  PORT=$(free_port) || exit 1
  while is_listening $((PORT + 1000)); do PORT=$(free_port) || exit 1; done
  start_gateway 0
}

run_suite() {
  local results=$SUITE/results.json pid status
  say "running http-cache-tests against http://127.0.0.1:$PORT (Redis: ${WEIR_REDIS_URI:-none}; cache: $SUITE_RULES)"
  set -- --base "http://127.0.0.1:$PORT" --known known.json
  if [ -n "$SUITE_ID" ]; then set -- "$@" --id "$SUITE_ID"; else set -- "$@" --results "$results"; fi
  set -m
  (cd "$SUITE" && exec node run.mjs "$@") &
  pid=$!
  set +m
  while kill -0 "$pid" 2>/dev/null; do
    if [ -n "$STOP" ]; then signal_group TERM "$pid"; fi
    heed_signals
    sleep 0.3
  done
  wait "$pid"
  status=$?
  if [ -n "$SUITE_ID" ]; then
    say "what the origin saw: $(shown "$STATE/log/suite.log")"
  else
    say "" && say "raw results: $(shown "$results")"
  fi
  exit "$status"
}

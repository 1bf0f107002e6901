# shellcheck shell=bash
# Builds what is missing or out of date, and nothing else.

BUILD_LOG=$STATE/log/build.log

jar_of() { printf '%s/%s/target/weir-%s.jar' "$ROOT" "$1" "$1"; }

# Is the module's jar absent, or older than anything it is made from? (Directories count: deleting a file touches one.)
is_stale() {
  local jar
  jar=$(jar_of "$1")
  [ -f "$jar" ] || return 0
  if [ "$1" = gateway ] && [ ! -d "$ROOT/gateway/target/redis" ]; then return 0; fi
  [ -n "$(find "$ROOT/$1/src/main" "$ROOT/$1/pom.xml" "$ROOT/pom.xml" "$ROOT/.mvn" -newer "$jar" 2>/dev/null | head -n 1)" ]
}

# need_built MODULE...: returns with every jar current, or does not return.
need_built() {
  local module stale='' list=''
  for module in "$@"; do
    if is_stale "$module"; then
      stale="$stale $module"
      list=${list:+$list,}$module
    fi
  done
  [ -z "$stale" ] && return 0
  command -v mvn >/dev/null 2>&1 || die "mvn is not on the PATH and$stale must be built: install Maven 3.8 or later, then run this again"
  need_jdk
  mkdir -p "$STATE/log" || die "cannot create $STATE/log"
  say "building$stale (output in $(shown "$BUILD_LOG"); the first time Maven also downloads libraries)"
  run_build "$list"
  for module in $stale; do
    [ -f "$(jar_of "$module")" ] || die "the build went well but left no $(shown "$(jar_of "$module")"): see $(shown "$BUILD_LOG")"
    # Maven leaves a jar alone whose content would not change; it is current all the same.
    touch -c "$(jar_of "$module")"
  done
}

run_build() {
  local pid began=$SECONDS module='' said='' status
  # A group of its own, so that Maven and all it starts can be ended together.
  set -m
  # To run, not to check: `mvn verify` compiles and runs the tests and looks at the format.
  (cd "$ROOT" && exec mvn -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true -pl "$1" package) >"$BUILD_LOG" 2>&1 </dev/null &
  pid=$!
  set +m
  remember build "$pid" - -
  while kill -0 "$pid" 2>/dev/null; do
    # [INFO] Building Weir gateway 0.1.0-SNAPSHOT                  [1/3]
    module=$(sed -n 's/ *\[[0-9/]*\]$//; s/.*Building \(Weir .*\) [^ ]*$/\1/p' "$BUILD_LOG" | tail -n 1)
    progress "building ${module:-…} $((SECONDS - began)) s"
    if [ -z "$LIVE" ] && [ "$module" != "$said" ]; then
      say "  building $module"
      said=$module
    fi
    heed_signals
    sleep 0.3
  done
  wait "$pid"
  status=$?
  forget build
  if [ "$status" -ne 0 ]; then
    clear_progress
    grep '^\[ERROR\]' "$BUILD_LOG" | head -n 5 >&2
    die "the build failed (mvn exit $status): see $(shown "$BUILD_LOG")"
  fi
  say "built in $((SECONDS - began)) s"
}

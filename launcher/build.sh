# shellcheck shell=bash
# Builds what is missing or out of date, and nothing else.

BUILD_LOG=$STATE/log/build.log
BUILD_LOCK=$RUN/build.lock # held by the ./weir that builds: two Mavens in one checkout would undo each other's work
MAVEN=$RUN/maven           # pid and start mark of its Maven; not among the processes of `up`, for a build comes and goes
BUILDS=''                  # 1 while we hold the lock

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
  # A jar that somebody is just building is newer than its sources and yet not whole.
  if [ -z "$(stale_of "$@")" ] && [ -z "$(holder_of "$BUILD_LOCK")" ]; then return 0; fi
  take_build_lock
  local module stale list
  stale=$(stale_of "$@") # the one we waited for may have built it
  if [ -n "$stale" ]; then
    command -v mvn >/dev/null 2>&1 || die "mvn is not on the PATH and $stale must be built: install Maven 3.8 or later, then run this again"
    need_jdk
    say "building $stale (output in $(shown "$BUILD_LOG"); the first time Maven also downloads libraries)"
    list=${stale// /,}
    run_build "$list"
    for module in $stale; do
      [ -f "$(jar_of "$module")" ] || die "the build went well but left no $(shown "$(jar_of "$module")"): see $(shown "$BUILD_LOG")"
      # Maven leaves a jar alone whose content would not change; it is current all the same.
      touch -c "$(jar_of "$module")"
    done
  fi
  end_build
}

# Those of the modules that must be built, separated by blanks.
stale_of() {
  local module separator=''
  for module in "$@"; do
    if is_stale "$module"; then
      printf '%s%s' "$separator" "$module"
      separator=' '
    fi
  done
}

take_build_lock() {
  local other said='' broken=0
  mkdir -p "$RUN" "$STATE/log" || die "cannot create $STATE: is the checkout writable?"
  until take_lock "$BUILD_LOCK"; do
    other=$(holder_of "$BUILD_LOCK")
    if [ -z "$other" ]; then
      broken=$((broken + 1))
      [ $broken -le 5 ] || die "cannot take $(shown "$BUILD_LOCK"): is $(shown "$RUN") writable?"
      break_lock "$BUILD_LOCK"
    elif [ -z "$said" ]; then
      say "another ./weir builds (process $other); waiting"
      said=1
    fi
    progress "waiting for the build of process $other"
    heed_signals
    sleep 0.3
  done
  BUILDS=1
  end_maven # of a holder that was killed
}

# Gives the lock back, ending our Maven if it still runs. Does nothing to a build that is not ours.
end_build() {
  [ -n "$BUILDS" ] || return 0
  end_maven
  rm -f "$BUILD_LOCK"
  BUILDS=''
}

# What a ./weir that was killed while it built has left.
end_leftover_build() {
  [ -e "$MAVEN" ] && take_lock_of_the_dead || return 0
  end_build
}

take_lock_of_the_dead() {
  [ -z "$(holder_of "$BUILD_LOCK")" ] || return 1
  break_lock "$BUILD_LOCK"
  take_lock "$BUILD_LOCK" && BUILDS=1
}

end_maven() {
  local pid mark tick=0
  read -r pid mark 2>/dev/null <"$MAVEN" || return 0
  is_same_process "$pid" "$mark" && signal_group TERM "$pid"
  while [ $tick -lt 70 ] && is_same_process "$pid" "$mark"; do
    [ $tick -eq 50 ] && signal_group KILL "$pid"
    sleep 0.1
    tick=$((tick + 1))
  done
  rm -f "$MAVEN"
}

run_build() {
  local pid began=$SECONDS module='' said='' status
  # A group of its own, so that Maven and all it starts can be ended together.
  set -m
  # To run, not to check: `mvn verify` compiles and runs the tests, looks at the format, and takes no warning of any JDK.
  (cd "$ROOT" && exec mvn -B -ntp -Dcompiler.warnings=-nowarn -Dmaven.test.skip=true -Dspotless.check.skip=true -pl "$1" package) >"$BUILD_LOG" 2>&1 </dev/null &
  pid=$!
  set +m
  printf '%s %s\n' "$pid" "$(start_mark "$pid")" >"$MAVEN"
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
  rm -f "$MAVEN"
  if [ "$status" -ne 0 ]; then
    clear_progress
    # The compiler gives the place and reason of what -Werror refuses as a warning.
    grep -E '^\[ERROR\]|^\[WARNING\] .*\.java:\[' "$BUILD_LOG" | head -n 8 >&2
    die "the build failed (mvn exit $status): see $(shown "$BUILD_LOG")"
  fi
  say "built in $((SECONDS - began)) s"
}

# shellcheck shell=bash
# The Redis that `up` starts: the binary that the build unpacked for this platform, else one on the PATH.

redis_server() {
  local system machine binary
  case $(uname -s) in
    Linux) system=linux ;;
    Darwin) system=darwin ;;
    *) system=other ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) machine=amd64 ;;
    aarch64 | arm64) machine=arm64 ;;
    i?86) machine=386 ;;
    *) machine=other ;;
  esac
  for binary in "$ROOT"/gateway/target/redis/redis-server-*-"$system-$machine"; do
    if [ -f "$binary" ]; then
      [ -x "$binary" ] || chmod +x "$binary"
      printf '%s' "$binary"
      return 0
    fi
  done
  command -v redis-server
}

need_redis_server() {
  REDIS_SERVER=$(redis_server) ||
    die "there is no redis-server for $(uname -s) $(uname -m): give the address of one by --redis URI, or start with --no-redis"
}

answers_ping() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf 'PING\r\n' >&3
    IFS= read -r -t 2 pong <&3 && [ "${pong%$'\r'}" = +PONG ]
  ) 2>/dev/null
}

# A URI without its user and password, fit for the screen. To the last @, for a password may contain one, or a slash.
without_password() { printf '%s' "$1" | sed 's|://.*@|://***@|'; }

# Refuses what cannot be the URI of a Redis; whether it answers is the gateways' to say.
check_redis_uri() { # WHO URI
  case $2 in
    redis://?* | rediss://?* | redis-sentinel://?*\#?* | rediss-sentinel://?*\#?*) ;;
    *) usage_error "$1 takes a URI such as redis://127.0.0.1:6379 or redis-sentinel://127.0.0.1:26379#name (got '$(without_password "$2")')" ;;
  esac
}

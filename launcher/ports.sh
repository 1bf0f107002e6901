# shellcheck shell=bash
# Ports on loopback, by bash's own /dev/tcp: nothing to install.

is_listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Who listens there, if a tool of this machine can tell; for the message only.
listener_on() {
  local found=''
  if command -v lsof >/dev/null 2>&1; then
    found=$(lsof -nP -iTCP:"$1" -sTCP:LISTEN -Fpc 2>/dev/null | sed -n 's/^p/process /p; s/^c//p' | head -n 2 | tr '\n' ' ')
  fi
  printf '%s' "${found:+ by ${found% }}"
}

# A free port outside the range from which the system takes ports for outgoing connections.
free_port() {
  local port try
  for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 10000))
    is_listening "$port" && continue
    printf '%s' "$port"
    return 0
  done
  die "found no free port in $try attempts"
}

# http_get PORT PATH: prints the body; succeeds on a 200. HTTP/1.0, so the answer ends with the connection.
http_get() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
    IFS= read -r -t 3 status <&3 || exit 1
    while IFS= read -r -t 3 line <&3 && [ -n "${line%$'\r'}" ]; do :; done
    while IFS= read -r -t 3 line <&3 || [ -n "$line" ]; do printf '%s\n' "$line"; done
    case $status in HTTP/1.?' 200'*) exit 0 ;; *) exit 1 ;; esac
  ) 2>/dev/null
}

is_ready() { http_get "$1" /actuator/health/readiness >/dev/null; }

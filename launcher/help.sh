# shellcheck shell=bash
# What each command does, in the user's words.

help_all() {
  cat <<'HELP'
usage: ./weir COMMAND [OPTION...]

  up        build what is needed, then run gateways, origins and Redis until Ctrl-C
  status    who runs, on which ports, ready or not, and what was answered from where
  load      a herd on a cold page, then a browse, with hits, origin requests and latencies; or, on gateways of its own,
            the same herd against Weir, nginx and Varnish
  purge     make stored responses invalid, by URL, tag, prefix, host, or all
  explain   why the next request for a URL would hit or miss, at each replica
  check     validate a configuration folder without starting anything
  conformance
            run the public suite http-cache-tests against a gateway of its own (needs Node.js 18 or later)
  down      stop what runs in this checkout

./weir COMMAND --help tells the options of one. Needs a JDK 17 or later, and Maven for the first build.
HELP
}

help_of() {
  case $1 in
    up) help_up ;;
    status) help_status ;;
    load) help_load ;;
    purge) help_purge ;;
    explain) help_explain ;;
    check) help_check ;;
    conformance) help_conformance ;;
    down) help_down ;;
    *) usage_error "unknown command '$1' (see ./weir --help)" ;;
  esac
}

help_up() {
  cat <<'HELP'
usage: ./weir up [OPTION...]

Builds what is missing or out of date, starts Redis, both origins and the gateways, shows their addresses, and stays:
warnings and errors of all logs appear here. Ctrl-C stops everything; SIGHUP makes gateways and blog read their files
again. If one process ends on its own, all are stopped.

  --replicas N      gateways to run, 1 to 10 (default 1); each one listens 100 above the one before
  --port P          port of the first gateway (default 8080); its management port is P + 1000
  --blog-port P     port of the blog (default 8081)
  --ssr-port P      port of the spellbook (default 8082)
  --redis URI       use this Redis instead of starting one, e.g. redis://127.0.0.1:6379; give one with a password by
                    WEIR_REDIS_URI instead, for every user of the machine can read a command line
  --no-redis        run without: one gateway, on its memory alone
  --config DIR      folder with gateway.yaml and routes.yaml (default config)

Environment:
  JAVA_HOME           the JDK to use (default: java on the PATH)
  WEIR_JAVA_OPTS      added to every JVM, e.g. -Xmx1g
  WEIR_ADMIN_KEY      key of the management ports (default: made once, kept in .weir/admin.key)
  WEIR_REDIS_URI      the Redis to use if --redis is not given (default: one is started)
  WEIR_STATE          folder for logs, pids and the key (default .weir)
  WEIR_START_TIMEOUT  seconds until all must be ready (default 180)
  BLOG_CONTENT        folder of Markdown (default origin-blog/content)
  BLOG_PUBLIC_URL     where readers reach the blog (default http://127.0.0.1:PORT)
  NO_COLOR            no colours

Exit: 0 stopped as asked, 1 something failed, 2 wrong usage, 128 + signal when interrupted while starting.
HELP
}

help_status() {
  cat <<'HELP'
usage: ./weir status

Shows each process of the stack that runs in this checkout. Exit: 0 if all are ready, 1 if not, or if nothing runs.
HELP
}

# The load test's own text, out of its source: asking for help builds nothing.
help_load() {
  sed -n '/"""$/,/^ *""";/{
    /"""/d
    s/^            //
    p
  }' "$ROOT/loadtest/src/main/java/dev/weir/loadtest/command/Usage.java"
}

help_purge() {
  cat <<'HELP'
usage: ./weir purge SELECTOR... [OPTION...]

Selectors, each as often as needed:
  --url U           one URL, or a path at every host, with all its variants
  --tag T           everything that carries this tag
  --prefix P        everything below a path that ends in /, e.g. /blog/
  --host H          everything of a host
  --all             everything

Options:
  --mode M          validate (default): ask the origin before the next use; soft: stale; hard: gone at once
  --reason R        a word for the log
  --wait D          how long to wait for all gateways, e.g. 2s or 500ms
  --management URL  a gateway's management address (default: the stack that runs in this checkout)

The key comes from WEIR_ADMIN_KEY, else from .weir/admin.key.
Exit: 0 applied everywhere, 3 recorded but not yet confirmed by all, 1 refused or unreachable, 2 wrong usage.
HELP
}

help_explain() {
  cat <<'HELP'
usage: ./weir explain URL

Asks each replica what it would do with the next GET of URL, and why. A path such as /blog/ means that path at the
first gateway's address.
HELP
}

help_check() {
  cat <<'HELP'
usage: ./weir check [DIR]

Validates gateway.yaml and routes.yaml in DIR (default config) without starting anything.
Exit: 0 if they are fine; 1 with a line FILE:LINE: REASON for each fault of routes.yaml, FILE: REASON for the first one
of gateway.yaml.
HELP
}

help_conformance() {
  cat <<'HELP'
usage: ./weir conformance [OPTION...]

Starts the origin of http-cache-tests and a gateway with default rules in front of it, both on free ports, runs the
suite's tests through the gateway, says which failed and why, and stops everything. The first run installs the suite
with npm, by the lock file in loadtest/cache-tests, into loadtest/target/cache-tests; the raw results lie there too.

  --redis           with a Redis behind the gateway (default: its memory alone)
  --suite-rules     with the route rules that the suite takes for granted: responses that set cookies are stored,
                    Surrogate-Control is obeyed
  --id TEST         this test alone, with all that was sent and received

Exit: 0 if nothing failed but what loadtest/cache-tests/known.json explains, 1 if something else did, 2 wrong usage,
3 the gateway could not be reached.
HELP
}

help_down() {
  cat <<'HELP'
usage: ./weir down

Stops the stack that runs in this checkout and waits until it is gone; also clears away what a killed ./weir up left.
HELP
}

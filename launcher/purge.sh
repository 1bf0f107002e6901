# shellcheck shell=bash
# `weir purge`: the command line as JSON, sent to the gateways' management port.

command_purge() {
  need_curl
  read_purge_options ${1+"$@"}
  local body key targets target
  [ -n "$MANAGEMENT" ] || need_gateways ", or name a gateway by --management URL"
  body=$(purge_body)
  key=$(admin_key) || exit 1
  case $key in *[[:cntrl:]]*) die "the admin key contains a control character" ;; esac
  if [ -n "$MANAGEMENT" ]; then
    targets=$MANAGEMENT
  else
    targets=$(for target in $(management_ports); do printf 'http://127.0.0.1:%s\n' "$target"; done)
  fi
  [ -n "$targets" ] || die "there is no gateway to tell"
  send_purges "$body" "$key" "$targets"
}

read_purge_options() {
  URLS='' TAGS='' PREFIXES='' HOSTS='' ALL=false MODE='' REASON='' WAIT='' MANAGEMENT=''
  while [ $# -gt 0 ]; do
    split_option "$@"
    case $OPTION in
      --url) need_value && URLS=${URLS:+$URLS,}$(json_string "$VALUE") ;;
      --tag) need_value && TAGS=${TAGS:+$TAGS,}$(json_string "$VALUE") ;;
      --prefix) need_value && PREFIXES=${PREFIXES:+$PREFIXES,}$(json_string "$VALUE") ;;
      --host) need_value && HOSTS=${HOSTS:+$HOSTS,}$(json_string "$VALUE") ;;
      --all) need_no_value && ALL=true ;;
      --mode)
        need_value
        case $VALUE in
          validate | hard | soft) MODE=$VALUE ;;
          *) usage_error "--mode is validate, hard or soft (got '$VALUE')" ;;
        esac
        ;;
      --reason) need_value && REASON=$VALUE ;;
      --wait)
        need_value
        [[ $VALUE =~ ^[0-9]+(ms|s|m)$ ]] || usage_error "--wait takes a time such as 2s or 500ms (got '$VALUE')"
        WAIT=$VALUE
        ;;
      --management)
        need_value
        case $VALUE in
          http://?* | https://?*) MANAGEMENT=${VALUE%/} ;;
          *) usage_error "--management takes a URL such as http://127.0.0.1:9080 (got '$VALUE')" ;;
        esac
        ;;
      *) unknown_option "$1" ;;
    esac
    shift "$SHIFT"
  done
  [ -n "$URLS$TAGS$PREFIXES$HOSTS" ] || [ "$ALL" = true ] ||
    usage_error "purge needs at least one of --url, --tag, --prefix, --host or --all"
}

# A JSON string, quotes included (RFC 8259 §7).
json_string() {
  local LC_ALL=C text=$1 out='' char i
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  case $text in
    *[[:cntrl:]]*)
      for ((i = 0; i < ${#text}; i++)); do
        char=${text:i:1}
        case $char in
          $'\177') ;;
          [[:cntrl:]]) printf -v char '\\u%04x' "'$char" ;;
        esac
        out=$out$char
      done
      text=$out
      ;;
  esac
  printf '"%s"' "$text"
}

# The id makes a repetition harmless, and one purge of what is sent to several gateways.
purge_body() {
  local id
  id=cli-$(head -c 12 /dev/urandom | od -An -v -tx1 | tr -d ' \n')
  printf '{"id":"%s","urls":[%s],"tags":[%s],"prefixes":[%s],"hosts":[%s],"all":%s' \
    "$id" "$URLS" "$TAGS" "$PREFIXES" "$HOSTS" "$ALL"
  [ -z "$MODE" ] || printf ',"mode":"%s"' "$MODE"
  [ -z "$REASON" ] || printf ',"reason":%s' "$(json_string "$REASON")"
  printf '}'
}

admin_key() {
  if [ -n "${WEIR_ADMIN_KEY:-}" ]; then
    printf '%s' "$WEIR_ADMIN_KEY"
  elif [ -r "$STATE/admin.key" ]; then
    cat "$STATE/admin.key"
  else
    die "there is no admin key: set WEIR_ADMIN_KEY to the one that the gateway was started with"
  fi
}

# With Redis one gateway tells all the others, so the first that answers is enough; without, each must be told, and one
# that cannot be told still has what was to go.
send_purges() { # BODY KEY TARGETS
  local target answer status shared='' outcome=0 worst=0
  [ -n "$MANAGEMENT" ] || [ "$(setting redis)" != none ] && shared=1
  for target in $3; do
    # The key goes by a file descriptor: arguments can be read by every user of the machine.
    answer=$(printf '%s' "$1" | ask --max-time 70 --config <(printf 'header = "Authorization: Bearer %s"\n' "$(curl_quoted "$2")") \
      -H 'Content-Type: application/json' --data-binary @- -w '\n%{http_code}' "$target/purge${WAIT:+?wait=$WAIT}")
    status=${answer##*$'\n'}
    answer=${answer%$'\n'*}
    explain_purge "$target" "$status" "$answer"
    outcome=$?
    if [ -n "$shared" ]; then
      [ $outcome -eq 4 ] || return $outcome
    fi
    worst=$(worse_of $worst $outcome)
  done
  return "$worst"
}

# Of exit codes: any failure (4, nobody there, is one) is worse than 3, recorded only, which is worse than 0.
worse_of() {
  case $1$2 in
    00) printf 0 ;;
    03 | 30 | 33) printf 3 ;;
    *) printf 1 ;;
  esac
}

curl_quoted() {
  local text=$1
  text=${text//\\/\\\\}
  printf '%s' "${text//\"/\\\"}"
}

explain_purge() { # TARGET STATUS ANSWER
  case $2 in
    200) say "${GREEN}applied${PLAIN}: no gateway answers with what was purged any more" ;;
    202) say "${YELLOW}recorded${PLAIN}: in the log, but not every gateway has confirmed it within the wait" ;;
    401) complain "$1 refused the key: WEIR_ADMIN_KEY (or .weir/admin.key) must be the one that the gateway was started with" ;;
    000 | '') complain "nothing answers at $1" ;;
    *) complain "$1 answered $2" ;;
  esac
  [ -z "$3" ] || printf '%s\n' "$3"
  case $2 in
    200) return 0 ;;
    202) return 3 ;;
    000 | '') return 4 ;;
    *) return 1 ;;
  esac
}

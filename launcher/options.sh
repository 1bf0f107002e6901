# shellcheck shell=bash
# What several commands need to read their options.

# Options may be written `--name value` or `--name=value`. Given the rest of the command line, sets OPTION (the name),
# VALUE, HAS_VALUE (is there one?) and SHIFT (how many words were used; see need_no_value).
split_option() {
  case $1 in
    --*=*)
      OPTION=${1%%=*}
      VALUE=${1#*=}
      SHIFT=1
      ;;
    *)
      OPTION=$1
      VALUE=${2-}
      SHIFT=2
      ;;
  esac
  HAS_VALUE=''
  case $1 in --*=*) HAS_VALUE=1 ;; *) [ $# -gt 1 ] && HAS_VALUE=1 ;; esac
}

need_value() {
  if [ -z "$HAS_VALUE" ] || [ -z "$VALUE" ]; then usage_error "$OPTION needs a value"; fi
}

# For an option that is a word alone.
need_no_value() {
  [ "$SHIFT" -eq 2 ] || usage_error "$OPTION takes no value (got '$VALUE')"
  SHIFT=1
}

need_number() { # LOW HIGH
  need_value
  case $VALUE in
    *[!0-9]* | ??????*) usage_error "$OPTION takes a number from $1 to $2 (got '$VALUE')" ;;
  esac
  # 10#: a leading zero does not make it octal.
  VALUE=$((10#$VALUE))
  if [ "$VALUE" -lt "$1" ] || [ "$VALUE" -gt "$2" ]; then
    usage_error "$OPTION takes a number from $1 to $2 (got '$VALUE')"
  fi
}

unknown_option() {
  case $1 in
    -*) usage_error "unknown option '$1' for $command (see ./weir $command --help)" ;;
    *) usage_error "unexpected argument '$1' for $command (see ./weir $command --help)" ;;
  esac
}

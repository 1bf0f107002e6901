# shellcheck shell=bash
# Which Java runs Weir: JAVA_HOME if set, else the PATH; 17 or later.

JAVA='' # set by need_java

need_java() {
  local version major
  if [ -n "${JAVA_HOME:-}" ]; then
    JAVA=$JAVA_HOME/bin/java
    [ -x "$JAVA" ] || die "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it: point it at a JDK 17 or later, or unset it"
  else
    JAVA=$(command -v java) || die "java is not on the PATH: install a JDK 17 or later, or set JAVA_HOME to one"
  fi
  # macOS has a /usr/bin/java that only says that no Java is installed.
  version=$("$JAVA" -version 2>&1) || die "$JAVA does not run (${version%%$'\n'*}): install a JDK 17 or later, or set JAVA_HOME to one"
  version=$(printf '%s\n' "$version" | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
  major=${version%%[.+-]*}
  [ "$major" = 1 ] && major=$(printf '%s' "$version" | cut -d. -f2) # 1.8.0 was 8
  case $major in
    '' | *[!0-9]*) die "cannot read the version of $JAVA: set JAVA_HOME to a JDK 17 or later" ;;
  esac
  [ "$major" -ge 17 ] || die "$JAVA is version $version: Weir needs 17 or later; set JAVA_HOME to one"
}

# The build needs a compiler too, and the very Java that was checked.
need_jdk() {
  local home
  home=$("$JAVA" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  [ -x "$home/bin/javac" ] || die "$JAVA has no compiler beside it: the build needs a JDK, not a JRE; set JAVA_HOME to one"
  JAVA_HOME=$home
  export JAVA_HOME
}

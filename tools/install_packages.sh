# Sourced by tools/quickstart and tools/test: installs those packages of tools/packages.txt that are missing.
# Needs nothing, and says nothing but one line, where all are there already.

# The packages of the list that dpkg does not hold as installed.
missing_packages() {
  local package
  grep -Ev '^[[:space:]]*(#|$)' "$1" | while read -r package; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s\n' "$package"
  done
}

install_missing_packages() {
  local list=$1 missing
  command -v dpkg-query >/dev/null || { echo "not a Debian system: install what $list names, then use --no-install" >&2; return 1; }
  missing=$(missing_packages "$list")
  if [ -z "$missing" ]; then
    echo "packages: all of $(grep -Evc '^[[:space:]]*(#|$)' "$list") are installed"
    return 0
  fi
  echo "packages: installing" $missing
  local root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "neither root nor sudo here; as root: apt-get install" $missing >&2; return 1; }
    root=(sudo)
  fi
  "${root[@]}" apt-get update -q -o=Dpkg::Use-Pty=0 >/dev/null
  # shellcheck disable=SC2086  # one word per package is meant
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y -o=Dpkg::Use-Pty=0 --no-install-recommends $missing \
    </dev/null >"${TMPDIR:-/tmp}/tabularium-apt.log" 2>&1 ||
    { tail -20 "${TMPDIR:-/tmp}/tabularium-apt.log" >&2; return 1; }
}

# Sourced by tools/quickstart, tools/test and tools/test-cluster: installs those packages of tools/packages.txt that are missing.
# Needs nothing, and says nothing but one line, where all are there already.

# wanted_packages [GROUP...]: the plain packages of the list and those marked with one of the groups.
wanted_packages() {
  awk -v groups=" $* " '$1 !~ /^#/ && NF && (NF == 1 || index(groups, " " $2 " ")) { print $1 }' tools/packages.txt
}

# Those of the packages on standard input that dpkg does not hold as installed.
missing_packages() {
  local package
  while read -r package; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s\n' "$package"
  done
}

# install_missing_packages [GROUP...]
install_missing_packages() {
  local missing log=${TMPDIR:-/tmp}/tabularium-apt.log root=()
  command -v dpkg-query >/dev/null || { echo "no Debian here: install what tools/packages.txt names, then use --no-install" >&2; return 1; }
  missing=$(wanted_packages "$@" | missing_packages)
  if [ -z "$missing" ]; then
    echo "packages: all there"
    return 0
  fi
  echo "packages: installing" $missing
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "neither root nor sudo; as root: apt-get install" $missing >&2; return 1; }
    root=(sudo)
  fi
  # shellcheck disable=SC2086  # one word per package is meant
  { "${root[@]}" apt-get update -q &&
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing; } \
    </dev/null >"$log" 2>&1 || { tail -20 "$log" >&2; echo "apt-get failed; all of it: $log" >&2; return 1; }
}

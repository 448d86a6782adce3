# Sourced by ./dev and tests/run: what this machine lacks is installed where we may, or named.
say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# need PROGRAM PACKAGE: from Debian, as root.
need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  compgen -G "/usr/lib/postgresql/*/bin/$1" >/dev/null && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing $2 …"
    [ -n "${APT_UPDATED:-}" ] || { apt-get update -qq >/dev/null; APT_UPDATED=1; }
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2" >/dev/null || fail "Could not install $2. Install it and try again."
  else
    fail "'$1' is missing. Install it: sudo apt-get install $2"
  fi
}

need_dotnet() {
  command -v dotnet >/dev/null 2>&1 && dotnet --list-sdks | grep -q '^10\.' && return 0
  # Not in every Debian release; where it is, root gets it.
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq >/dev/null && apt-cache show dotnet-sdk-10.0 >/dev/null 2>&1; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq dotnet-sdk-10.0 >/dev/null && return 0
  fi
  fail "The .NET 10 SDK is missing, and apt here does not know dotnet-sdk-10.0. Add Microsoft's packages (learn.microsoft.com/dotnet/core/install/linux) or install it from dot.net, and try again."
}

# What a release of Debian calls nodejs may be older than 20.
need_node() {
  need node nodejs
  local version
  version=$(node --version)
  [[ $version =~ ^v([0-9]+)\. && ${BASH_REMATCH[1]} -ge 20 ]] || fail "Node.js here is $version; 20 or later is needed. Install one (nodejs.org, or Debian 13's) and try again."
}

# need_npm DIRECTORY: the packages of its lock file. npm writes .package-lock.json last, so an interrupted install is done again.
need_npm() {
  need_node
  need npm npm
  local installed=$1/node_modules/.package-lock.json
  if [ ! -f "$installed" ] || [ "$1/package-lock.json" -nt "$installed" ]; then
    (cd "$1" && npm ci --silent --no-audit --no-fund >&2) || fail "npm could not install the packages of $1."
  fi
}

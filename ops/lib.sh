# Shared by ops/run and ops/test: what must be on the machine. Sourced, never run.
say() { printf '%s\n' "$*"; }

need_dotnet() {
  if ! command -v dotnet >/dev/null 2>&1; then
    say "The .NET 10 SDK is not installed. See https://dotnet.microsoft.com/download, then run this again."
    exit 1
  fi
  case "$(dotnet --list-sdks 2>/dev/null)" in
    *"10.0."*) ;;
    *) say "A .NET 10 SDK is needed; found: $(dotnet --list-sdks | tr '\n' ' ')"; exit 1 ;;
  esac
}

# Node.js bundles the site's script and styles during the build.
need_node() {
  if command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then return; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "Installing Node.js (apt-get)"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
  else
    say "Node.js 18 or later with npm is not installed (Debian: sudo apt-get install nodejs npm)."
    exit 1
  fi
}

# The browser that the tests of pages drive; CCN_CHROMIUM may name another one.
need_chromium() {
  if [ -n "${CCN_CHROMIUM:-}" ] || command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; then return; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "Installing Chromium (apt-get)"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
  else
    say "Chromium is not installed (Debian: sudo apt-get install chromium)."
    exit 1
  fi
}

# PostgreSQL 15 or later, found or installed. On Debian as root apt-get brings it; else the host fetches one from npm at its first start.
need_postgres() {
  if [ -n "${ConnectionStrings__Ccn:-}" ] || [ -n "${CCN_PG_BIN:-}" ] || command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then return; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "Installing PostgreSQL (apt-get)"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
  elif ! command -v npm >/dev/null 2>&1; then
    say "PostgreSQL 15 or later is not installed (Debian: sudo apt-get install postgresql), and there is no npm to fetch one with."
    exit 1
  fi
}

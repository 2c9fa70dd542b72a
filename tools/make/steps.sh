# Shared by the scripts beside it: one line per step with its time, one sentence per failure.
set -euo pipefail
export UV_PYTHON_DOWNLOADS=never
# Behind a company's proxy only the machine's own certificates are trusted.
export UV_SYSTEM_CERTS=true
if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r /etc/ssl/certs/ca-certificates.crt ]; then
    export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
fi
export PIP_DISABLE_PIP_VERSION_CHECK=1
# Python keeps what it has compiled: a run starts some hundred programs, each with 1,200 modules.
unset PYTHONDONTWRITEBYTECODE
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
venv=$root/.venv
stamps=$venv/stamps
uv_pin=uv==0.13.9

fail() {
    printf '\nfailed: %s\n' "$1" >&2
    exit 1
}

# attempt "what is done" command...: one line and its time; the whole output when it fails. The line
# is written in one go, so that steps may run beside each other.
attempt() {
    local words=$1 log began tenths
    shift
    log=$(mktemp)
    began=$(date +%s%N)
    if "$@" >"$log" 2>&1; then
        tenths=$((($(date +%s%N) - began) / 100000000))
        printf '  %-56s%6d.%01d s\n' "$words" $((tenths / 10)) $((tenths % 10))
        rm -f "$log"
        return 0
    fi
    printf '  %-56s   failed\n\n%s\n\n' "$words" "$(<"$log")"
    rm -f "$log"
    return 1
}

# step "what is done" command...: as attempt, and the end of the script when it fails.
step() {
    attempt "$@" || fail "$1 (the output is above)"
}

# fresh STAMP SOURCE...: true when the stamp is newer than every source.
fresh() {
    local stamp=$1 source
    shift
    [ -e "$stamp" ] || return 1
    for source in "$@"; do
        [ "$source" -nt "$stamp" ] && return 1
    done
    return 0
}

# as_one NAME: wait while another run of the same step works in this checkout.
as_one() {
    mkdir -p "$root/.stamps"
    exec 9>"$root/.stamps/$1.lock"
    flock 9
}

# What the sources are like at this moment; empty where there is no git to ask.
sources_now() {
    git ls-files -co --exclude-standard -z 2>/dev/null | xargs -0 -r sha256sum 2>/dev/null |
        sha256sum | cut -c1-64
}

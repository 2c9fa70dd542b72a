# Shared by the scripts beside it: one line per step with its time, one sentence per failure.
set -euo pipefail
export UV_PYTHON_DOWNLOADS=never
export PIP_DISABLE_PIP_VERSION_CHECK=1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
venv=$root/.venv
stamps=$venv/stamps
uv_pin=uv==0.13.9

fail() {
    printf '\nfailed: %s\n' "$1" >&2
    exit 1
}

# step "what is done" command...: silent when it works; the whole output when it does not.
step() {
    local words=$1 log began ended
    shift
    log=$(mktemp)
    began=$(date +%s%N)
    printf '%-58s' "  $words"
    if "$@" >"$log" 2>&1; then
        ended=$(date +%s%N)
        printf '%6d.%01d s\n' $(((ended - began) / 1000000000)) $(((ended - began) / 100000000 % 10))
        rm -f "$log"
    else
        printf '  failed\n\n' >&2
        cat "$log" >&2
        rm -f "$log"
        fail "$words (the output is above)"
    fi
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

#!/usr/bin/env bash
# All tests, category by category. Usage: test.sh [category...]; default all four.
. "$(dirname "$0")/steps.sh"

# category, seconds it may take, workers, what stays together in one of them
table=(
    "unit 300 2 loadfile"
    "db 600 2 loadfile"
    "asterisk 900 2 loadscope"
    "web 900 2 loadfile" # two drills beside each other, with the patience of tests/journeys/played.py
)
wanted=${*:-unit db asterisk web}
if [[ " $wanted " == *" asterisk "* || " $wanted " == *" web "* ]]; then tools/make/debian.sh; fi
if [[ " $wanted " == *" web "* ]]; then
    tools/make/web.sh build
fi
pages=
begin_pages() { # beside the tests with a switch, which wait most of their time
    pages_said=$(mktemp)
    tools/make/web.sh test >"$pages_said" 2>&1 &
    pages=$!
}
pages_passed() {
    printf '\n== tests: the web desktop without a browser\n'
    wait "$pages" || { cat "$pages_said"; fail "the web desktop's unit tests"; }
    tail -n 6 "$pages_said"
    rm -f "$pages_said"
}
ran=0
for line in "${table[@]}"; do
    read -r category limit workers together <<<"$line"
    [[ " $wanted " == *" $category "* ]] || continue
    ran=$((ran + 1))
    if [ "$category" = unit ] && [ -z "$*" ] && [ "$(cat "$stamps/unit-tests" 2>/dev/null)" = "$(sources_now)" ]; then
        printf '\n== tests: unit passed in "make check" on these very sources\n'
        continue
    fi
    [[ "$category" = asterisk && " $wanted " == *" web "* ]] && begin_pages
    if [[ "$category" = web && -z "$pages" ]]; then begin_pages; fi
    printf '\n== tests: %s (at most %d s)\n' "$category" "$limit"
    began=$SECONDS
    status=0
    # All files are read once, for the unit tests; a file that says no category fails there.
    mapfile -t files < <([ "$category" = unit ] || grep -rl --include='test_*.py' "pytest.mark.$category\b" tests)
    timeout --signal=INT --kill-after=30 "$limit" "$venv/bin/pytest" -q -m "$category" \
        --durations=10 --durations-min=0.5 \
        -n "$workers" --dist "$together" --no-loadscope-reorder "${files[@]}" || status=$?
    case $status in
    0)
        printf '== %s passed in %d s\n' "$category" $((SECONDS - began))
        if [ "$category" = web ]; then pages_passed; fi
        ;;
    124) fail "the $category tests took longer than $limit s" ;;
    5) fail "no $category test was found" ;;
    *) fail "$category tests (pytest ended with $status)" ;;
    esac
done
[ "$ran" -gt 0 ] || fail "no such category: $wanted (unit, db, asterisk, web)"

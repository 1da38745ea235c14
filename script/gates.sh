# All gates in order, each with its time; a failed one doesn't hide the next. Run by script/test, which sets up.
set -u
PATH="$PWD/.venv/bin:$PATH"
export PYTHONUNBUFFERED=1 # a run that is cut off shows how far it came
failed=
began=$(date +%s)

# gate NAME COMMAND...
gate() {
    name=$1
    shift
    printf '\n=== %s\n' "$name"
    start=$(date +%s)
    if "$@"; then
        result=passed
    else
        result=FAILED
        failed="$failed
    $name"
    fi
    printf -- '--- %s: %s in %s s\n' "$name" "$result" "$(($(date +%s) - start))"
}

template_style() {
    find templates -name '*.html' -exec djade --check --target-version 5.2 {} +
}

# What production would run with; the values are of no installation.
deployment_check() {
    PRODUCTION=true HTTPS=true DEMO=false DEBUG=false ALLOWED_HOSTS=qltb.example PROXY_COUNT=1 \
        CSRF_TRUSTED_ORIGINS=https://qltb.example \
        SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(50))') \
        python manage.py check --deploy --fail-level WARNING
}

# Pins and vendored files must install from whatever registry a site uses.
no_registry_hosts() {
    hosts='pypi[.]org|pythonhosted[.]org|npmjs[.](org|com)|deb[.]debian[.]org|archive[.]ubuntu[.]com|(^|[[:space:]])(-i|--(extra-)?index-url)[ =]'
    if git rev-parse --git-dir >/dev/null 2>&1; then
        found=$(git ls-files -z --cached --others --exclude-standard |
            xargs -0 grep -IlE "$hosts" -- 2>/dev/null | grep -v '^script/gates.sh$')
    else
        found=$(grep -rIlE "$hosts" --exclude-dir=.venv --exclude-dir=var --exclude=gates.sh . 2>/dev/null)
    fi
    [ -z "$found" ] || {
        printf 'These files name a package registry:\n%s\n' "$found"
        return 1
    }
}

gate 'ruff check' ruff check .
gate 'ruff format' ruff format --check .
gate 'mypy' mypy .
gate 'import contracts' lint-imports
gate 'djade' template_style
gate 'djlint' djlint --lint --quiet templates
gate 'migrations are complete' python manage.py makemigrations --check --dry-run
gate 'checks as in production, linear migrations among them' deployment_check
gate 'no registry hosts' no_registry_hosts
gate 'tests' python -m pytest -n 2 --ignore=tests/browser tests
gate 'browser tests' python -m pytest -n 2 --dist loadfile tests/browser

printf '\nWhole run: %s s\n' "$(($(date +%s) - began))"
if [ -n "$failed" ]; then
    printf 'These gates failed:%s\n' "$failed"
    exit 1
fi
echo 'All gates passed.'

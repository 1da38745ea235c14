# Shared by script/server and script/test: makes the virtual environment and installs what is missing.
# Sourced, from the root of the checkout.

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# apt_install WHY PACKAGE...: by apt when it may, else say the one line to type.
apt_install() {
    why=$1
    shift
    if ! command -v apt-get >/dev/null 2>&1; then
        die "Missing: $why. Install the equivalents of these Debian packages and start again: $*"
    fi
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        die "Missing: $why. Type this once, then start again:
    sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    fi
    say "Installing by apt ($why): $*"
    # shellcheck disable=SC2086 # as_root is empty or two words
    { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@"; } >&2 ||
        die "apt couldn't install $* ($why): see above."
}

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
        if command -v "$candidate" >/dev/null 2>&1 && fits "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

make_venv() {
    here=$(pwd -P)
    # The commands in a virtual environment hold its path: a moved checkout needs a new one.
    if [ -x .venv/bin/python ] && fits .venv/bin/python && [ "$(cat .venv/place 2>/dev/null || echo "$here")" = "$here" ]; then
        return
    fi
    python=$(find_python) || {
        apt_install 'Python 3.11 or newer' python3 python3-venv
        python=$(find_python) || die 'Python 3.11 or newer is needed; this system offers an older one.'
    }
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        apt_install 'the venv module of Python' "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    say "Making .venv with $python"
    rm -rf .venv
    "$python" -m venv .venv
    echo "$here" >.venv/place
}

# install_pins base|test: only when the pins have changed since the last time.
install_pins() {
    pins=requirements/$1.txt
    stamp=.venv/installed-$1.sha256
    now=$(sha256sum "$pins")
    if [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then
        return
    fi
    say "Installing $pins"
    # An interrupted first start may have left an environment without pip.
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$pins" ||
        die "pip couldn't install $pins: see above."
    printf '%s\n' "$now" >"$stamp"
    if [ "$1" = test ]; then
        sha256sum requirements/base.txt >.venv/installed-base.sha256 # test.txt holds all of base.txt
    fi
}

has_library() { PATH="$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null | grep -q "$1"; }

install_system() {
    if ! has_library libpangoft2-1.0.so.0 || ! has_library libharfbuzz-subset.so.0 ||
        ! [ -e /usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf -o \
            -e /usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf ]; then
        apt_install 'Pango and the Liberation fonts, for PDF' \
            libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation
    fi
}

install_chromium() {
    command -v chromium >/dev/null 2>&1 || apt_install 'Chromium, for the browser tests' chromium
    # The driver that pip brings needs it.
    has_library libatomic.so.1 || apt_install 'libatomic, for the browser tests' libatomic1
    chromium --version >/dev/null 2>&1 || die 'Chromium is missing or does not run; the browser tests need it.'
}

install_libreoffice() {
    command -v soffice >/dev/null 2>&1 ||
        apt_install 'LibreOffice, to test with the spreadsheets that it writes' libreoffice-calc-nogui
}

install_signature_tools() {
    command -v softhsm2-util >/dev/null 2>&1 && command -v pdfsig >/dev/null 2>&1 ||
        apt_install 'SoftHSM and Poppler, to test signatures' softhsm2 poppler-utils
}

# One set-up at a time in a checkout; the lock ends with this shell.
set_up() {
    exec 9<.
    if command -v flock >/dev/null 2>&1; then
        flock 9
    fi
    make_venv
    install_pins "$1"
    install_system
    if [ "$1" = test ]; then
        install_chromium
        install_libreoffice
        install_signature_tools
    fi
    exec 9>&-
}

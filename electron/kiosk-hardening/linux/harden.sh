#!/usr/bin/env bash
# Closes what Linux leaves open around a Careledger kiosk, and can undo it.
#
#   harden.sh show                          says what it would change, and changes nothing
#   harden.sh apply [--program COMMAND]     COMMAND starts the kiosk; /opt/Careledger/careledger unless said otherwise
#   harden.sh undo                          removes its files and lifts its masks; user and data folder stay
#
# For systemd and cage (https://github.com/cage-kiosk/cage). With --root DIR it writes below DIR and touches no running system: for
# images, and for the test.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
user=careledger-kiosk
data=/var/lib/careledger-kiosk
program=/opt/Careledger/careledger
root=

# Its own files: each has a place below this folder, and the same place on the system.
files=(
  etc/systemd/system/careledger-kiosk.service
  etc/systemd/system/user-.slice.d/60-careledger-kiosk.conf
  etc/systemd/logind.conf.d/60-careledger-kiosk.conf
  etc/sysctl.d/60-careledger-kiosk.conf
  etc/modprobe.d/60-careledger-kiosk.conf
  etc/udev/rules.d/99-careledger-kiosk.rules
)
# Nothing of these may start: swap and hibernation write memory to the disk, udisks2 mounts what is plugged in, Ctrl+Alt+Del restarts.
units=(swap.target hibernate.target hybrid-sleep.target suspend-then-hibernate.target udisks2.service ctrl-alt-del.target)

say() { printf '%s\n' "$*"; }
fail() {
  say "$*" >&2
  exit 1
}
# Only where a system runs: an image has none.
live() { [ -n "$root" ] || "$@"; }
# One thing that this computer refuses must not leave the rest undone and unsaid.
missed=
step() { "$@" || {
  say "NOT DONE: $*" >&2
  missed=yes
}; }

require_root() {
  [ -n "$root" ] || [ "$(id -u)" = 0 ] || fail 'Run this as root: it writes below /etc.'
}

show() {
  say "User $user, with no password and no group that administers; data in $data, readable by that user alone."
  say "Service careledger-kiosk: cage on tty1, started at boot and again whenever it ends, runs: $program --kiosk --data $data"
  say 'No consoles to switch to (logind), no magic SysRq keys and no core dumps (sysctl), no USB storage (modprobe, udev).'
  say "Masked: ${units[*]}. Swap is switched off now and stays off."
  say 'Where CUPS is: it keeps nothing of what was printed, and a job that cannot be printed is ended (cupsctl, lpadmin). undo leaves that so.'
  say 'Files:'
  printf '  /%s\n' "${files[@]}"
  say 'Not done here: firmware password, boot order, disk encryption, screws. See docs/kiosk.md.'
}

apply() {
  require_root
  live command -v cage >/dev/null || fail 'cage is not installed. Install it first (Debian, Ubuntu, Fedora: package cage).'
  # Without it cage 0.1 neither starts nor ends: systemd would wait for it for ever.
  live command -v Xwayland >/dev/null || fail 'Xwayland is not installed, which cage starts. Install it first (package xwayland).'
  if [ -z "$root" ] && ! id "$user" >/dev/null 2>&1; then
    useradd --system --create-home --shell /usr/sbin/nologin "$user"
  fi
  live install -d -m 700 -o "$user" -g "$user" "$data"
  for file in "${files[@]}"; do
    install -d "$root/$(dirname "$file")"
    sed -e "s|@PROGRAM@|$program|" -e "s|@USER@|$user|g" -e "s|@DATA@|$data|g" "$here/$file" >"$root/$file"
    chmod 644 "$root/$file"
  done
  mask
  if [ -z "$root" ]; then
    step swapoff -a
    step sysctl --quiet --load=/etc/sysctl.d/60-careledger-kiosk.conf
    step udevadm control --reload
    step systemctl daemon-reload
    step systemctl enable careledger-kiosk.service
    if command -v cupsctl >/dev/null; then forget_prints; fi
  fi
  [ -z "$missed" ] || fail 'Not everything was done: see NOT DONE above. What is written stays; settle it, and call this again.'
  say 'Done. Restart the computer: logind and drivers that were loaded change only then.'
}

# A person's page must not lie in the spool, nor come out for the next one once there is paper again.
forget_prints() {
  step cupsctl PreserveJobFiles=No PreserveJobHistory=No
  local printer
  for printer in $(lpstat -e 2>/dev/null); do step lpadmin -p "$printer" -o printer-error-policy=abort-job; done
}

# Masks what is not masked yet, and notes which: undo lifts only those.
mask() {
  local noted=$root/var/lib/careledger-kiosk-hardening
  install -d "$noted" "$root/etc/systemd/system"
  for unit in "${units[@]}"; do
    [ -e "$root/etc/systemd/system/$unit" ] || [ -L "$root/etc/systemd/system/$unit" ] && continue
    ln -s /dev/null "$root/etc/systemd/system/$unit"
    say "$unit" >>"$noted/masked"
  done
}

undo() {
  require_root
  live systemctl disable --now careledger-kiosk.service || true
  for file in "${files[@]}"; do rm -f "$root/$file"; done
  local noted=$root/var/lib/careledger-kiosk-hardening
  if [ -e "$noted/masked" ]; then
    while read -r unit; do rm -f "$root/etc/systemd/system/$unit"; done <"$noted/masked"
  fi
  rm -rf "$noted"
  live systemctl daemon-reload
  say "Undone after a restart. User $user and $data are still there: revoke the kiosk under Devices, then remove them."
}

verb=${1:-}
[ $# -gt 0 ] && shift
while [ $# -gt 0 ]; do
  case $1 in
    --program) program=${2:?--program needs a command} ;;
    --root) root=$(cd "${2:?--root needs a folder}" && pwd) ;;
    *) fail "harden.sh does not know $1." ;;
  esac
  shift 2
done
case $program in *[\|\&\\]*) fail 'The command of --program may have no |, & or \ in it.' ;; esac
case $verb in
  show) show ;;
  apply) apply ;;
  undo) undo ;;
  *) fail 'harden.sh show | apply [--program COMMAND] | undo' ;;
esac

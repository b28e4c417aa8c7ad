#!/usr/bin/env bash
# Puts the C library where compilers find it, or takes it away: install.sh install BUILT | install.sh uninstall
#   BUILT  the folder with libvitrust_c.so and libvitrust_c.a
# PREFIX, LIBDIR and INCLUDEDIR say where it belongs; DESTDIR is put before them, for packagers.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${PREFIX:=/usr/local}" "${LIBDIR:=$PREFIX/lib}" "${INCLUDEDIR:=$PREFIX/include}" "${DESTDIR:=}"
libraries=$DESTDIR$LIBDIR headers=$DESTDIR$INCLUDEDIR
number=$(sed -n 's/^#define VITRUST_ABI_VERSION //p' bindings-c/include/vitrust.h)
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)

case $1 in
  install)
    install -d "$headers" "$libraries/pkgconfig"
    install -m 644 bindings-c/include/vitrust.h "$headers/vitrust.h"
    # The soname is the file that programs look for; the name without a number is for the linker.
    install -m 755 "$2/libvitrust_c.so" "$libraries/libvitrust_c.so.$number"
    ln -sf "libvitrust_c.so.$number" "$libraries/libvitrust_c.so"
    install -m 644 "$2/libvitrust_c.a" "$libraries/libvitrust_c.a"
    sed -e "s|@PREFIX@|$PREFIX|" -e "s|@LIBDIR@|$LIBDIR|" -e "s|@INCLUDEDIR@|$INCLUDEDIR|" -e "s|@VERSION@|$version|" \
      bindings-c/vitrust.pc.in >"$libraries/pkgconfig/vitrust.pc"
    chmod 644 "$libraries/pkgconfig/vitrust.pc"
    echo "installed vitrust $version into $DESTDIR$PREFIX"
    ;;
  uninstall)
    rm -f "$headers/vitrust.h" "$libraries/libvitrust_c.so.$number" "$libraries/libvitrust_c.so" \
      "$libraries/libvitrust_c.a" "$libraries/pkgconfig/vitrust.pc"
    ;;
  *) echo "install.sh: install or uninstall, not $1" >&2; exit 2 ;;
esac

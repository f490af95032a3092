#!/usr/bin/env bash
# Follows one value: latest.sh shop/colour
#
# The least that works: ask for the value, and ask again for one that is not the one I have. The
# member holds the second request until there is something new. Values that came and went while
# nobody was asking are not shown, the latest always is.
set -uo pipefail
member=${MEMBER:-http://127.0.0.1:7181}
key=${1:?usage: latest.sh APP/KEY}
headers=$(mktemp)
trap 'rm -f "$headers"' EXIT

etag='"none"'
while :; do
  value=$(curl -sSf -D "$headers" -H 'Accept: application/octet-stream' \
    -H 'Prefer: wait=30' -H "If-None-Match: $etag" \
    "$member/v1/znodes/config/$key?until=exists" 2>/dev/null)
  case $? in
    0)
      # 304: thirty seconds without a change.
      grep -q '^HTTP/1.1 304' "$headers" && continue
      etag=$(tr -d '\r' <"$headers" | sed -n 's/^etag: //Ip')
      echo "$key=$value"
      ;;
    *) sleep 0.2 ;; # Not there within the time, or the member cannot be reached.
  esac
done

#!/usr/bin/env bash
# Publishes one value: publish.sh shop/colour blue
#
# Reads what is there, then writes only if that is still what is there: of two publishers at once
# one is told, and neither overwrites what it has not seen.
set -euo pipefail
member=${MEMBER:-http://127.0.0.1:7181}
key=${1:?usage: publish.sh APP/KEY VALUE}
value=${2?usage: publish.sh APP/KEY VALUE}
url="$member/v1/znodes/config/$key"

# The folder of the application; that it exists already is fine.
curl -sS -o /dev/null -X POST "$member/v1/znodes/config/${key%/*}?parents=true"

etag=$(curl -sS -I "$url" | tr -d '\r' | sed -n 's/^etag: //Ip')
if [ -n "$etag" ]; then condition="If-Match: $etag"; else condition='If-None-Match: *'; fi

status=$(curl -sS -o /dev/null -w '%{http_code}' -X PUT --data-raw "$value" -H "$condition" "$url")
case $status in
  200 | 201) echo "published $key" ;;
  412) echo "$key has changed meanwhile: look at it and publish again" >&2; exit 1 ;;
  *) echo "not published: HTTP $status" >&2; exit 1 ;;
esac

#!/usr/bin/env bash
# An instance of an application that is configured below /config/APP: instance.sh shop
#
# Reads everything at start, then follows every change, in order, as Server-Sent Events. When the
# stream breaks it goes on after the last event that it has seen: nothing is missed and nothing
# comes twice, however long it was cut off. Only when the member does not keep changes that far back
# any more (it says so) everything is read anew.
#
# Prints `key=value` for what it reads and for each change. Values are taken out of JSON with sed,
# so they must not hold quotes or backslashes; a real program would use jq.
set -uo pipefail
member=${MEMBER:-http://127.0.0.1:7181}
app=${1:?usage: instance.sh APP}
headers=$(mktemp)
trap 'rm -f "$headers"' EXIT

# Everything, at one point in time; `Paddock-Zxid` says which, and that is where following begins.
read_all() {
  local answer
  answer=$(curl -s -D "$headers" "$member/v1/children/config/$app?include=data") || return 1
  grep -qE '^HTTP/1.1 (200|404)' "$headers" || return 1
  grep -o '"name":"[^"]*","data":"[^"]*"' <<<"$answer" |
    sed -E 's/"name":"([^"]*)","data":"([^"]*)"/\1=\2/'
  last=$(tr -d '\r' <"$headers" | sed -n 's/^paddock-zxid: //Ip')
}

# One event, as JSON.
show() {
  local path value
  path=$(sed -nE 's/.*"path":"([^"]*)".*/\1/p' <<<"$1")
  value=$(sed -nE 's/.*"data":"([^"]*)".*/\1/p' <<<"$1")
  [ "$path" = "/config/$app" ] && return
  case $1 in
    *'"event":"nodeDeleted"'*) echo "${path##*/} removed" ;;
    *) echo "${path##*/}=$value" ;;
  esac
}

last=''
while :; do
  if [ -z "$last" ] && ! read_all; then
    sleep 0.2
    continue
  fi
  id=$last event='' data=''
  while IFS= read -r line; do
    case $line in
      'id: '*) id=${line#id: } ;;
      'event: '*) event=${line#event: } ;;
      'data: '*) data=${line#data: } ;;
      '') # The event is complete; one that was cut off in the middle comes again.
        if [ "$event" = resync ]; then last='' && break; fi
        [ -z "$data" ] || show "$data"
        last=$id event='' data=''
        ;;
    esac
  done < <(
    # The member says something every 15 s: a stream that says nothing for 40 s is dead.
    exec curl -sN --speed-limit 1 --speed-time 40 -D "$headers" -H "Last-Event-ID: $last" \
      "$member/v1/events?path=/config/$app&recursive=true&include=data"
  )
  # 410: changes since then are not kept any more.
  grep -q '^HTTP/1.1 410' "$headers" && last=''
  sleep 0.2
done

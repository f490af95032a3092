#!/usr/bin/env bash
# A worker, in shell with curl: worker.sh NAME
#
# Its session is its life: it is renewed by heartbeats, and with it the ephemeral /workers/NAME
# stands for "I am here". It does what it finds below /assign/NAME, one after the other. A result is
# recorded by a transaction that also takes the assignment away, so it is recorded once: when the
# task was given to somebody else meanwhile, the assignment is gone and nothing is recorded.
set -uo pipefail
source "$(dirname "$0")/../members.sh"
name=${1:?usage: worker.sh NAME}
timeout_ms=${SESSION_TIMEOUT_MS:-3000}
# How long a task takes here, seconds; a real one takes what it takes.
seconds=${WORK_SECONDS:-1}
self=$$

say() { echo "$name: $*"; }

# api METHOD PATH [curl's arguments], for the session: the body goes to stdout, and behind it, in a
# line of its own, the status. Asks the next member when one cannot be reached or cannot serve; what
# is asked for here may all be asked for twice.
api() {
  local method=$1 path=$2
  shift 2
  ask "$path" -s --max-time "${patience:-15}" -X "$method" \
    ${token:+-H "Paddock-Session: $token"} "$@"
}
status_of() { tail -n 1 <<<"$1"; }
field() { sed -nE "s/.*\"$1\":\"([^\"]*)\".*/\1/p"; }

# Opens a session and registers. The name may still be held by a session of a former life.
register() {
  local answer
  token=''
  answer=$(api POST /sessions -H 'Content-Type: application/json' -d "{\"timeoutMs\":$timeout_ms}")
  [ "$(status_of "$answer")" = 201 ] || return 1
  session=$(field sessionId <<<"$answer")
  token=$(field token <<<"$answer")
  answer=$(api POST "/znodes/workers/$name?mode=ephemeral&parents=true")
  [ "$(status_of "$answer")" = 201 ] && return
  api DELETE "/sessions/$session" >/dev/null
  return 1
}

# Runs beside the work, as long as the worker and its session live. When no member answers they may
# come back: the session is given its full time again then.
heartbeats() {
  local answer
  while kill -0 "$self" 2>/dev/null; do
    answer=$(patience=1 api POST "/sessions/$session/heartbeat")
    [ "$(status_of "$answer")" = 410 ] && return
    sleep "$(awk "BEGIN { print $timeout_ms / 3000 }")"
  done
}

# The next assignment, waiting a while for one; empty when there is none.
next_task() {
  local held=/znodes/assign/$name
  api GET "$held?until=children%3E0" -H 'Prefer: wait=5' >/dev/null
  api GET "/children/assign/$name?limit=1" | field name
}

# The work: here it turns the task's text into capitals.
work() {
  local text
  text=$(api GET "/znodes/tasks/$1" -H 'Accept: application/octet-stream')
  [ "$(status_of "$text")" = 200 ] || return 1
  text=${text%$'\n'*}
  sleep "$seconds"
  tr '[:lower:]' '[:upper:]' <<<"$text"
}

# record TASK RESULT: all of it or nothing. Tries until a member has said which.
record() {
  local ops answer data
  # As base64, so that the result may hold whatever it likes.
  data=$(printf '%s by %s' "$2" "$name" | base64 | tr -d '\n')
  ops="{\"op\":\"delete\",\"path\":\"/assign/$name/$1\"}"
  ops="$ops,{\"op\":\"delete\",\"path\":\"/tasks/$1\"}"
  ops="$ops,{\"op\":\"create\",\"path\":\"/status/$1\",\"parents\":true"
  ops="$ops,\"data\":\"$data\",\"encoding\":\"base64\"}"
  while :; do
    answer=$(api POST /transactions -H 'Content-Type: application/json' -d "{\"ops\":[$ops]}")
    case $(status_of "$answer") in
      200) say "done $1" && return ;;
      # Also after a success whose answer was lost: it is not done twice.
      404 | 409 | 410 | 412) say "done already, or not mine any more: $1" && return ;;
      *) sleep 0.2 ;;
    esac
  done
}

leave() {
  api DELETE "/sessions/$session" >/dev/null
  exit
}

session='' token=''
trap leave TERM INT
while :; do
  until register; do sleep 0.5; done
  say "registered"
  heartbeats &
  while kill -0 $! 2>/dev/null; do
    task=$(next_task)
    if [ -z "$task" ]; then
      sleep 0.1
    elif result=$(work "$task"); then
      record "$task" "$result"
    fi
  done
  wait $!
  say "the session has ended, beginning anew"
done

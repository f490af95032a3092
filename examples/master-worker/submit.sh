#!/usr/bin/env bash
# Submits a task and waits for its result: submit.sh 'some text'
set -euo pipefail
member=${MEMBER:-http://127.0.0.1:7181}
text=${1:?usage: submit.sh TEXT}

# The member adds a number to the name: tasks have an order, and no two have the same name. What was
# not connected (7) was not submitted and may be tried again; when an answer is lost nobody knows.
until task=$(curl -sf -o /dev/null -w '%header{location}' --data-raw "$text" \
  "$member/v1/znodes/tasks/task-?mode=persistent_sequential&parents=true"); do
  [ $? = 7 ] || { echo "not known whether it was submitted: $text" >&2; exit 1; }
  sleep 0.2
done
task=${task##*/}
echo "submitted $task"

# The request is held until the result is there.
until result=$(curl -sf -H 'Accept: application/octet-stream' -H 'Prefer: wait=30' \
  "$member/v1/znodes/status/$task?until=exists"); do
  sleep 0.2
done
echo "$task: $result"

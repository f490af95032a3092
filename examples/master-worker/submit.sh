#!/usr/bin/env bash
# Submits a task and waits for its result: submit.sh 'some text'
set -euo pipefail
source "$(dirname "$0")/../members.sh"
text=${1:?usage: submit.sh TEXT}

# The ensemble adds a number to the name: tasks have an order, and no two have the same name. What
# was not connected (curl ends with 7) or refused with 503 was not submitted, and goes to the next
# member; when an answer is lost nobody knows.
submit() {
  local member said code
  while :; do
    for member in "${members[@]}"; do
      code=0
      said=$(curl -s -o /dev/null -w '%{http_code} %header{location}' --data-raw "$text" \
        "$member/v1/znodes/tasks/task-?mode=persistent_sequential&parents=true") || code=$?
      case $code/$said in
        0/201*) task=${said##*/} && return ;;
        7/* | 0/503*) ;;
        *) echo "not known whether it was submitted: $text" >&2 && exit 1 ;;
      esac
    done
    sleep 0.2
  done
}
submit
echo "submitted $task"

# The request is held until the result is there.
while :; do
  answer=$(ask "/znodes/status/$task?until=exists" -s -H 'Accept: application/octet-stream' \
    -H 'Prefer: wait=30') || true
  [ "${answer##*$'\n'}" = 200 ] && break
  sleep 0.2
done
echo "$task: ${answer%$'\n'*}"

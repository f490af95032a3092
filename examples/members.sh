# The members of an ensemble for the shell programs: sourced, not run.
#
# MEMBER names one, http://127.0.0.1:7181, or several with commas in between.
IFS=, read -ra members <<<"${MEMBER:-http://127.0.0.1:7181}"

# ask PATH CURL-ARGUMENTS...: asks one member after the other until one says something other than
# that it cannot serve (503). The body goes to stdout, and behind it, in a line of its own, the
# status; 000 when nobody could be reached. A request whose answer is lost is repeated at the next
# member.
ask() {
  local path=$1 member answer=000
  shift
  for member in "${members[@]}"; do
    answer=$(curl -w '\n%{http_code}' "$@" "$member/v1$path")
    case ${answer##*$'\n'} in
      000 | 503) ;;
      *) break ;;
    esac
  done
  printf '%s' "$answer"
}

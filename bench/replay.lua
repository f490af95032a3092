-- wrk: sends prepared requests by turns. REQUESTS names a file of records, each a decimal length,
-- a newline, and that many bytes of one HTTP request. Prints one line of JSON at the end.
local requests = {}
local position = 0

function init(arguments)
  local file = assert(io.open(assert(os.getenv("REQUESTS"), "REQUESTS names the file"), "rb"))
  while true do
    local length = file:read("*n")
    if length == nil then break end
    file:read(1)
    requests[#requests + 1] = file:read(length)
  end
  file:close()
  -- Connections and threads should not all write the same key at the same time.
  position = math.random(#requests)
end

function request()
  position = position % #requests + 1
  return requests[position]
end

function done(summary, latency, results)
  local errors = summary.errors
  io.write(string.format(
    '{"rate":%.1f,"requests":%d,"p50":%.4f,"p99":%.4f,"errors":%d}\n',
    summary.requests / summary.duration * 1e6, summary.requests,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end

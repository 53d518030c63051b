-- Renames one machine after the other, each as an unconditional, audited update.
-- Arguments: the token, and a file with one id to a line.

local names = 0
local ids = {}
local headers = { ["Content-Type"] = "application/json", ["If-Match"] = "*" }

function init(args)
  headers["Authorization"] = "Bearer " .. args[1]
  for id in io.lines(args[2]) do ids[#ids + 1] = id end
end

function request()
  names = names + 1
  local path = "/api/v1/equipment/" .. ids[names % #ids + 1]
  return wrk.format("PATCH", path, headers, string.format('{"name":"Lift %d of the bench"}', names))
end

-- The last lines of the summary: what was not acknowledged, and how long the rest took.
function done(summary, latency)
  local e = summary.errors
  print("refused " .. e.status + e.connect + e.read + e.write + e.timeout)
  print("seconds " .. summary.duration / 1e6)
  print("p50 " .. latency:percentile(50))
  print("p99 " .. latency:percentile(99))
end

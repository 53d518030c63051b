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

-- The last line of the summary: what was not acknowledged.
function done(summary)
  local e = summary.errors
  print("refused " .. e.status + e.connect + e.read + e.write + e.timeout)
end

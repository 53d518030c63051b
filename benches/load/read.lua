-- Reads one path again and again, signed in; or many records, when a file of ids is given.
-- Arguments: the token, and, for `{id}` in the path, a file with one id to a line.

local at = 0
local ids
local head, tail

function init(args)
  wrk.headers["Authorization"] = "Bearer " .. args[1]
  if not args[2] then return end
  ids = {}
  for id in io.lines(args[2]) do ids[#ids + 1] = id end
  head, tail = wrk.path:match("^(.-)_id_(.*)$")
end

function request()
  if not ids then return wrk.format() end
  at = at + 1
  return wrk.format("GET", head .. ids[at % #ids + 1] .. tail)
end

function done(summary)
  local e = summary.errors
  print("refused " .. e.status + e.connect + e.read + e.write + e.timeout)
end

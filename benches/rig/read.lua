-- Reads one path again and again, or many records when a file of ids is given; prints what it took.
-- Arguments, each `-` for none: a token, a file with one id to a line for `_id_` in the path, an ETag.

local function given(text) return text and text ~= "-" and text end

function init(args)
  if given(args[1]) then wrk.headers["Authorization"] = "Bearer " .. args[1] end
  if given(args[3]) then wrk.headers["If-None-Match"] = args[3] end
  if not given(args[2]) then return end
  local at, ids = 0, {}
  for id in io.lines(args[2]) do ids[#ids + 1] = id end
  local head, tail = wrk.path:match("^(.-)_id_(.*)$")
  -- A global only here: without one, wrk sends a fixed text and spends nothing on each request.
  request = function()
    at = at + 1
    return wrk.format("GET", head .. ids[at % #ids + 1] .. tail)
  end
end

function done(summary, latency)
  local e = summary.errors
  print("refused " .. e.status + e.connect + e.read + e.write + e.timeout)
  print("seconds " .. summary.duration / 1e6)
  print("p50 " .. latency:percentile(50))
  print("p99 " .. latency:percentile(99))
end

-- One heartbeat and one reading step in one: writes this replica's row, and answers with the log's state, the entries
-- after the last one applied, and all replicas' rows. A write on purpose: a fenced master refuses it.
-- KEYS: log, replicas.
-- ARGV: replica, run and id it has applied, beat, its own words, name for a log to be made, applied channel, count.
-- Answers {run, first retained id or '' where nothing was trimmed, last id, entries, rows, 1 where this replica had no
-- row: it is new, or the registry was lost}.
local log, replicas = KEYS[1], KEYS[2]
local replica, applied_run, applied_id, beat = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local words, fresh, channel, count = ARGV[5], ARGV[6], ARGV[7], ARGV[8]

if redis.call('EXISTS', log) == 0 or #redis.call('XINFO', 'GROUPS', log) == 0 then
  redis.call('XGROUP', 'CREATE', log, fresh, '0', 'MKSTREAM')
end
local name = redis.call('XINFO', 'GROUPS', log)[1][2]
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') .. '.' .. name

local about = {}
local info = redis.call('XINFO', 'STREAM', log)
for i = 1, #info, 2 do
  about[info[i]] = info[i + 1]
end
local last = about['last-generated-id']
local first = ''
-- Where a server does not count what was ever added (before Redis 7), any first entry may follow a trimmed one.
if about['entries-added'] == nil or about['entries-added'] > about['length'] then
  first = about['length'] > 0 and about['first-entry'][1] or last
end

-- A row: run, id, when it got there (ms, this server's clock), beat, and the replica's own words.
local row = redis.call('HGET', replicas, replica)
local was_run, was_id, at = string.match(row or '', '^(%S+) (%S+) (%d+) ')
if was_run ~= applied_run or was_id ~= applied_id then
  local now = redis.call('TIME')
  at = string.format('%.0f', now[1] * 1000 + math.floor(now[2] / 1000))
  redis.call('PUBLISH', channel, '')
end
redis.call('HSET', replicas, replica, applied_run .. ' ' .. applied_id .. ' ' .. at .. ' ' .. beat .. ' ' .. words)

local after = applied_run == run and '(' .. applied_id or '-'
local entries = redis.call('XRANGE', log, after, '+', 'COUNT', count)
return { run, first, last, entries, redis.call('HGETALL', replicas), row and 0 or 1 }

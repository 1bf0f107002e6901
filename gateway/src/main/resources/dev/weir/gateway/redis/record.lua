-- Writes one purge into the log, once: the same id recorded again answers with the place of the first.
-- KEYS: log, id of this purge.
-- ARGV: entry, name for a log to be made, wake channel, entries to keep, id's life in ms, digest of mode and selectors.
-- Answers {run, stream id}; {'taken'} where the id stands for another purge.
local log, id = KEYS[1], KEYS[2]
local entry, fresh, wake, keep, life, digest = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]

-- The log is named by a consumer group that nobody consumes: it lives and dies with the stream's own key, is not
-- trimmed, and so tells this log from another that stood under the same key before a loss.
if redis.call('EXISTS', log) == 0 or #redis.call('XINFO', 'GROUPS', log) == 0 then
  redis.call('XGROUP', 'CREATE', log, fresh, '0', 'MKSTREAM')
end
local name = redis.call('XINFO', 'GROUPS', log)[1][2]
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') .. '.' .. name

local first, was = string.match(redis.call('GET', id) or '', '^(%S+) (%S+)$')
if was and was ~= digest then
  return { 'taken' }
end
-- Known, but lost with the log or trimmed off it: to be written again.
if not first or #redis.call('XRANGE', log, first, first) == 0 then
  first = redis.call('XADD', log, 'MAXLEN', '~', keep, '*', 'p', entry)
  redis.call('SET', id, first .. ' ' .. digest, 'PX', life)
end
redis.call('PUBLISH', wake, '')
return { run, first }

-- Ends a lease if it is still its taker's, and tells those who wait.
-- KEYS: lease.  ARGV: token, for how many ms to remember that the answer can't be shared (0: not), channel, word for it.
local lease, token, passed, channel, word = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local held = redis.call('GET', lease)
if held ~= token and held ~= '+' .. token then
  return 0
end
if passed == '0' then
  redis.call('DEL', lease)
else
  redis.call('SET', lease, '-', 'PX', passed)
end
if held ~= token then
  redis.call('PUBLISH', channel, word)
end
return 1

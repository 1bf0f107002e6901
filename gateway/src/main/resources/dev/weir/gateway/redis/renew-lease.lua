-- Renews a lease if it is still its taker's.
-- KEYS: lease.  ARGV: token, life in ms.
local held = redis.call('GET', KEYS[1])
if held == ARGV[1] or held == '+' .. ARGV[1] then
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 0

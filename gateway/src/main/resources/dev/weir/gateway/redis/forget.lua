-- Removes a replica's row if it is still the one that was seen: one that came back meanwhile stays.
-- KEYS: replicas.  ARGV: replica, the row seen.
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then
  return redis.call('HDEL', KEYS[1], ARGV[1])
end
return 0

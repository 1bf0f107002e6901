-- Forgets that what is fetched under this name could not be shared.
-- KEYS: lease.
if redis.call('GET', KEYS[1]) == '-' then
  return redis.call('DEL', KEYS[1])
end
return 0

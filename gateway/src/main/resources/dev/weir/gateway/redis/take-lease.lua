-- Takes a lease, or tells who stands in the way. A lease holds its taker's token, led by '+' once somebody waits for its
-- end; '-' says that what is fetched under this name could not be shared lately.
-- KEYS: lease.  ARGV: token, life in ms.
-- Answers {'taken'}, {'passed'}, or {token, remaining life in ms}.
local lease, token, life = KEYS[1], ARGV[1], ARGV[2]
local held = redis.call('GET', lease)
if not held then
  redis.call('SET', lease, token, 'PX', life)
  return { 'taken' }
end
if held == '-' then
  return { 'passed' }
end
local left = redis.call('PTTL', lease)
if string.sub(held, 1, 1) == '+' then
  return { string.sub(held, 2), left }
end
if left > 0 then
  redis.call('SET', lease, '+' .. held, 'PX', left)
end
return { held, left }

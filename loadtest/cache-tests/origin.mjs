// The suite's own origin, on loopback only: by itself it would listen on every address of the machine.
import http from 'node:http'

const createServer = http.createServer

http.createServer = (...handlers) => {
  const server = createServer(...handlers)
  const listen = server.listen
  server.listen = port => listen.call(server, port, '127.0.0.1')
  return server
}

await import('http-cache-tests/server/server.mjs')

// Runs the suite's client: node run.mjs --base URL [--id TEST] [--results FILE] [--known FILE]
// Prints a summary; the raw results, in the suite's own format, go to FILE.
// Exit: 0 nothing failed but what is known to, 1 something else did, 2 wrong usage, 3 the gateway could not be reached.
import fs from 'node:fs'
import { parseArgs } from 'node:util'
import fetch from 'node-fetch'
import tests from 'http-cache-tests/tests/index.mjs'
import surrogate from 'http-cache-tests/tests/surrogate-control.mjs'
import { getResults, runTests } from 'http-cache-tests/client/runner.mjs'
import { peers, show } from './summary.mjs'

const { values: options } = parseArgs({
  options: {
    base: { type: 'string' },
    id: { type: 'string' },
    results: { type: 'string' },
    known: { type: 'string' }
  }
})

tests.push(surrogate)

function chosen (id) {
  if (!id) return tests
  const suites = tests
    .map(suite => ({ ...suite, tests: suite.tests.filter(test => test.id === id) }))
    .filter(suite => suite.tests.length > 0)
  if (suites.length === 0) {
    console.error(`the suite has no test '${id}'`)
    process.exit(2)
  }
  suites[0].tests[0].dump = true
  return suites
}

// The suite waits for ever; a request that gets no answer fails its own test here, and the others go on.
function patient (url, init) {
  return fetch(url, { timeout: 30_000, ...init })
}

// Without an origin behind it or a gateway in front of it each test would fail for a reason that is not its own.
async function reach (base) {
  const answer = await patient(`${base}/config/probe`, { method: 'PUT', body: '[]' }).catch(failure => failure)
  if (answer.status !== 201 && answer.status !== 409) {
    console.error(`${base} does not pass a PUT on to the suite's origin: ${answer.status ?? answer.message}`)
    process.exit(3)
  }
}

if (!options.base) {
  console.error('usage: node run.mjs --base URL [--id TEST] [--results FILE] [--known FILE]')
  process.exit(2)
}
const suites = chosen(options.id)
await reach(options.base)
await runTests(suites, patient, false, options.base)
await reach(options.base)
const results = getResults()
if (options.results) fs.writeFileSync(options.results, JSON.stringify(results, null, 2) + '\n')
const known = options.known ? JSON.parse(fs.readFileSync(options.known, 'utf8')) : {}
const unexpected = show(suites, results, known)
if (!options.id) await peers(tests)
process.exit(unexpected > 0 ? 1 : 0)

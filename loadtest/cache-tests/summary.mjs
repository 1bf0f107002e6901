// What the suite's results mean, by the suite's own reading of them.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { determineTestResult } from 'http-cache-tests/lib/display.mjs'
import implementations from 'http-cache-tests/results/index.mjs'

const PASSED = '✅'
const YES = 'Y'
const NO = 'N'
const WORDS = {
  '⛔️': 'failed',
  '⚠️': 'failed',
  '🔹': 'could not be set up',
  '⁉️': 'the harness failed',
  '⚪️': 'a test it rests on failed',
  '↻': 'a request was repeated',
  '-': 'not run'
}

// [{ id, name, kind, verdict, message }] of all tests that apply to a cache that is no browser
function verdicts (suites, results) {
  return suites
    .flatMap(suite => suite.tests)
    .filter(test => test.browser_only !== true)
    .map(test => ({
      id: test.id,
      name: test.name,
      kind: test.kind || 'required',
      verdict: determineTestResult(suites, test.id, results, suites.length > 1)[2],
      message: Array.isArray(results[test.id]) ? results[test.id][1] : ''
    }))
}

function count (all, kind, ...symbols) {
  return all.filter(test => test.kind === kind && symbols.includes(test.verdict)).length
}

function figures (all) {
  const of = kind => all.filter(test => test.kind === kind).length
  return {
    required: `${count(all, 'required', PASSED)} of ${of('required')}`,
    optimal: `${count(all, 'optimal', PASSED)} of ${of('optimal')}`,
    check: `${count(all, 'check', YES)} yes, ${count(all, 'check', NO)} no, ${
      of('check') - count(all, 'check', YES, NO)} open`
  }
}

function line (name, version, { required, optimal, check }) {
  console.log(`  ${name.padEnd(9)} ${version.padEnd(20)} ${required.padEnd(11)} ${optimal.padEnd(10)} ${check}`)
}

// Prints the summary; returns how many required and optimal tests failed that are not known to.
export function show (suites, results, known) {
  const all = verdicts(suites, results)
  const failed = all.filter(test => test.kind !== 'check' && test.verdict !== PASSED)
  const unexpected = failed.filter(test => !(test.id in known))
  console.log('  cache     version              required    optimal    checks')
  line('Weir', '', figures(all))
  for (const kind of ['required', 'optimal']) {
    const those = failed.filter(test => test.kind === kind)
    if (those.length > 0) console.log(`\n${kind}, not passed: ${those.length}`)
    those.forEach(test => {
      console.log(`  ${test.id}: ${WORDS[test.verdict]}${test.message ? ` (${test.message})` : ''}`)
      console.log(`    ${known[test.id] ?? 'NOT KNOWN TO FAIL'}`)
    })
  }
  const ids = new Set(failed.map(test => test.id))
  const better = all.filter(test => test.id in known && !ids.has(test.id))
  if (better.length > 0) console.log(`\nknown to fail, but passed: ${better.map(test => test.id).join(', ')}`)
  if (unexpected.length > 0) console.log(`\n${unexpected.length} failed that are not known to`)
  return unexpected.length
}

// The results of others that lie in the suite's package, old ones: no measurement of ours.
export async function peers (suites) {
  const folder = path.dirname(createRequire(import.meta.url).resolve('http-cache-tests/results/index.mjs'))
  console.log('\nas shipped with the suite, of versions of their day:')
  implementations
    .filter(peer => peer.type !== 'browser')
    .forEach(peer => {
      const results = JSON.parse(fs.readFileSync(path.join(folder, peer.file), 'utf8'))
      line(peer.name, peer.version, figures(verdicts(suites, results)))
    })
}

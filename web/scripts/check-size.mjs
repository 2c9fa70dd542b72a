// The first load of the desk must stay within its budget: everything the entry page reaches without
// a dynamic import, as gzip.
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const BUDGET_KB = 450
const DIST = resolve(dirname(fileURLToPath(import.meta.url)), '../dist')
const html = readFileSync(join(DIST, 'index.html'), 'utf8')
const waiting = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path)
const seen = new Map()
while (waiting.length > 0) {
  const path = waiting.pop()
  if (seen.has(path)) continue
  const text = readFileSync(join(DIST, path), 'utf8')
  seen.set(path, gzipSync(text).length / 1024)
  for (const [, next] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) waiting.push(`assets/${next}`)
}
const total = [...seen.values()].reduce((sum, size) => sum + size, 0)
for (const [path, size] of seen) console.log(`${size.toFixed(1).padStart(7)} kB gz  ${path}`)
console.log(`${total.toFixed(1).padStart(7)} kB gz  first load, budget ${BUDGET_KB}`)
if (total > BUDGET_KB) process.exit(1)

// The dependency law of the web desktop:
//   ui | forms | live | phone | api  <-  features  <-  app
// Peers do not import each other, and a feature never imports another feature.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const SOURCE = resolve(dirname(fileURLToPath(import.meta.url)), '../src')
const BASE = new Set(['ui', 'forms', 'live', 'phone', 'api'])
const IMPORT = /(?:from\s+|import\s*\(\s*|import\s+|new URL\(\s*)['"](\.{1,2}\/[^'"]+|@\/[^'"]+)['"]/g

/** The room a file stands in: `ui`, `features/desk`, `app`, `locales`. */
function room(path) {
  const parts = relative(SOURCE, path).split('/')
  return parts[0] === 'features' ? `features/${parts[1]}` : parts[0]
}

function allowed(from, to) {
  if (from === to || from === 'app') return true
  if (to === 'app' || to === 'locales') return false
  if (BASE.has(from)) return false
  return BASE.has(to)
}

const wrong = []
for (const entry of readdirSync(SOURCE, { recursive: true })) {
  const file = join(SOURCE, String(entry))
  if (!/\.(ts|tsx)$/.test(file)) continue
  const text = readFileSync(file, 'utf8')
  for (const [, target] of text.matchAll(IMPORT)) {
    const path = target.startsWith('@/') ? join(SOURCE, target.slice(2)) : resolve(dirname(file), target)
    if (!path.startsWith(SOURCE)) continue
    if (!allowed(room(file), room(path))) {
      wrong.push(`${relative(SOURCE, file)} imports ${relative(SOURCE, path)}: ${room(file)} may not import ${room(path)}`)
    }
  }
}
if (wrong.length > 0) {
  console.error(wrong.join('\n'))
  process.exit(1)
}
console.log('imports: the dependency law holds')

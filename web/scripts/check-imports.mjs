// The dependency law of the web desktop:
//   ui | forms | live | phone | api  <-  shared  <-  features  <-  app
// Peers do not import each other: neither rooms nor features. What stands in `shared` has an order
// (docs/decisions/0022): a part may use those that stand before it.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const SOURCE = resolve(dirname(fileURLToPath(import.meta.url)), '../src')
const BASE = new Set(['ui', 'forms', 'live', 'phone', 'api'])
const SHARED = ['shared/holidays', 'shared/formspec', 'shared/cases', 'shared/customer']
const IMPORT = /(?:from\s+|import\s*\(\s*|import\s+|new URL\(\s*)['"](\.{1,2}\/[^'"]+|@\/[^'"]+)['"]/g

/** The room a file stands in: `ui`, `shared/holidays`, `features/desk`, `app`, `locales`. */
function room(path) {
  const parts = relative(SOURCE, path).split('/')
  return parts[0] === 'features' || parts[0] === 'shared' ? `${parts[0]}/${parts[1]}` : parts[0]
}

function allowed(from, to) {
  if (from === to || from === 'app') return true
  if (to === 'app' || to === 'locales') return false
  if (BASE.has(from)) return false
  if (from.startsWith('shared/') && to.startsWith('shared/')) return SHARED.includes(to) && SHARED.indexOf(to) < SHARED.indexOf(from)
  return BASE.has(to) || (from.startsWith('features/') && to.startsWith('shared/'))
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

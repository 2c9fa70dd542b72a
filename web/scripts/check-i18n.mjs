// Every key used exists in both languages, every key is used, and both languages have the same keys
// and placeholders. Keys whose last part is only known at run time are declared by their prefix:
// t(`problem.${code}`) uses everything under `problem.`.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const read = (name) => JSON.parse(readFileSync(join(ROOT, 'src/locales', name), 'utf8'))
// The words of a feature stand in its own pair, `reports.zh-CN.json` and `reports.en.json`, and come
// with its pages.
const inLanguage = (language) =>
  readdirSync(join(ROOT, 'src/locales')).filter((name) => name === `${language}.json` || name.endsWith(`.${language}.json`))
const problems = []
function words(language) {
  const all = {}
  for (const name of inLanguage(language)) {
    for (const [key, text] of Object.entries(read(name))) {
      if (key in all) problems.push(`twice: ${key}, also in ${name}`)
      all[key] = text
    }
  }
  return all
}
const zh = words('zh-CN')
const en = words('en')

const files = readdirSync(join(ROOT, 'src'), { recursive: true })
  .map((entry) => join(ROOT, 'src', String(entry)))
  .filter((file) => /\.(ts|tsx)$/.test(file) && !file.endsWith('.generated.ts'))
const exact = new Set()
const prefixes = new Set()
const KEY = /^[a-z0-9_]+(\.[A-Za-z0-9_*#-]+)+$/
for (const file of files) {
  const text = readFileSync(file, 'utf8')
  for (const [, key] of text.matchAll(/\b(?:t|exists|word)\(\s*['"]([^'"]+)['"]/g)) exact.add(key)
  for (const [, , key] of text.matchAll(/\b(labelKey|key|titleKey|i18nKey)=?:?\s*['"]([^'"]+)['"]/g)) {
    if (KEY.test(key) && key in zh) exact.add(key)
  }
  for (const [, prefix] of text.matchAll(/\b(?:t|exists|word)\(\s*`([^`$]+)\$\{/g)) prefixes.add(prefix)
}
const plural = (key) => key.replace(/_(one|other)$/, '')
const isUsed = (key) =>
  exact.has(key) || exact.has(plural(key)) || [...prefixes].some((prefix) => key.startsWith(prefix))

for (const key of exact) {
  const known = (all) => key in all || `${key}_other` in all
  if (!known(zh)) problems.push(`missing in zh-CN: ${key}`)
  if (!known(en)) problems.push(`missing in en: ${key}`)
}
for (const prefix of [...prefixes].sort()) {
  if (!Object.keys(zh).some((key) => key.startsWith(prefix))) problems.push(`nothing under the prefix ${prefix}`)
}
const bare = (all) => new Set(Object.keys(all).map(plural))
for (const key of bare(zh)) if (!bare(en).has(key)) problems.push(`only in zh-CN: ${key}`)
for (const key of bare(en)) if (!bare(zh).has(key)) problems.push(`only in en: ${key}`)
for (const key of Object.keys(zh)) if (!isUsed(key)) problems.push(`unused: ${key}`)

// Every refusal that the server documents has its sentence here, by its code.
const described = JSON.parse(readFileSync(join(ROOT, '../openapi.json'), 'utf8'))
for (const path of Object.values(described.paths)) {
  for (const { responses = {} } of Object.values(path)) {
    for (const { description = '' } of Object.values(responses)) {
      for (const [, code] of description.matchAll(/^`([a-z_]+)`:/gm)) {
        if (!(`problem.${code}` in zh)) problems.push(`no words for the server's refusal: problem.${code}`)
      }
    }
  }
}

const holes = (text) => [...String(text).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort().join(',')
for (const key of Object.keys(zh)) {
  const other = en[key] ?? en[`${key}_other`]
  if (other !== undefined && holes(zh[key]) !== holes(other)) problems.push(`placeholders differ: ${key}`)
}
for (const [name, all] of [['zh-CN', zh], ['en', en]]) {
  for (const [key, text] of Object.entries(all)) if (String(text).trim() === '') problems.push(`empty in ${name}: ${key}`)
}
if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exit(1)
}
console.log(`i18n: ${Object.keys(zh).length} keys, both languages complete`)

/** Scripts: those who write them, the agent who reads one, and what was stated in a contact. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Script = Schemas['ScriptOut']
export type ScriptContent = Schemas['ScriptContent']
export type ScriptStep = Schemas['ScriptStep']
export type ScriptAnswer = Schemas['ScriptAnswer']
export type ScriptVersion = Schemas['ScriptVersionOut']
export type ScriptPlaces = Schemas['ScriptPlaces']
export type DeskScripts = Schemas['DeskScripts']
export type Statement = Schemas['StatementOut']

const id = encodeURIComponent

export const contentOf = ({ name, name_en, queues, numbers, steps }: ScriptContent): ScriptContent => ({ name, name_en, queues, numbers, steps })

export const scripts = {
  list: () => ask<Script[]>('GET', '/scripts'),
  preset: () => ask<ScriptContent>('GET', '/scripts/preset'),
  places: () => ask<ScriptPlaces>('GET', '/scripts/places'),
  add: (content: ScriptContent) => ask<Script>('POST', '/scripts', { body: content }),
  change: (script: string, content: ScriptContent, match: string) => ask<Script>('PUT', `/scripts/${id(script)}`, { body: contentOf(content), match }),
  withdraw: (script: string) => ask<void>('DELETE', `/scripts/${id(script)}`),
  versions: (script: string) => ask<ScriptVersion[]>('GET', `/scripts/${id(script)}/versions`),
  publish: (script: string, revision: string, effective_at: number | null, note: string) =>
    ask<Script>('POST', `/scripts/${id(script)}/publish`, { body: { revision, effective_at, note } }),
  atDesk: (contact: string) => ask<DeskScripts>('GET', `/desk/contacts/${id(contact)}/scripts`),
  state: (contact: string, script: string, version: number, step: string) =>
    ask<Statement[]>('POST', `/desk/contacts/${id(contact)}/statements`, { body: { script, version, step } }),
  stated: (contact: string) => ask<Statement[]>('GET', `/records/${id(contact)}/statements`),
}

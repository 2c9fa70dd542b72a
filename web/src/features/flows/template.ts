/** What most centres begin with: a greeting, the notice of the recording, and a key for each queue. */
import type { FlowBody, FlowNode } from '@/api/flows'

interface Named {
  id: string
  name: string
  name_en: string
}

const KEYS = [...'123456789']
const MENU = 'menu'

const nodeOf = (index: number): string => `to_${index + 1}`

/** A menu of the queues, in their order; nine keys at the most. Without a key the first one takes the call. */
export function newMenu(name: string, queues: readonly Named[]): FlowBody {
  const shown = queues.slice(0, KEYS.length)
  const nodes: Record<string, FlowNode> = {
    greeting: { type: 'play', prompts: ['welcome', 'recording_notice'], next: MENU },
    [MENU]: {
      type: 'menu',
      prompts: ['main_menu'],
      choices: shown.map((queue, index) => ({ digit: KEYS[index] ?? '', next: nodeOf(index), name: queue.name, name_en: queue.name_en })),
      default: nodeOf(0),
    },
  }
  for (const [index, queue] of shown.entries()) nodes[nodeOf(index)] = { type: 'queue', name: queue.name, name_en: queue.name_en, queue: queue.id }
  return { name, start: 'greeting', nodes, variables: [] }
}

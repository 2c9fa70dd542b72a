/** How a script is read: which steps come after which, and what is filled into their words. */

export const NEXT = ''
export const END = 'end'

interface Branching {
  id: string
  kind: string
  calls: string
  then: string
  answers: readonly { to: string }[]
}

/** Beside the steps: these appear by themselves, or are kept at hand. */
const ASIDE = new Set(['timed', 'phrase'])

export const isAside = (step: { kind: string }): boolean => ASIDE.has(step.kind)

/** Whether a step belongs to this kind of call. */
export const fitsCall = (step: { calls: string }, isOutbound: boolean): boolean => step.calls === 'all' || step.calls === (isOutbound ? 'out' : 'in')

/** The steps as far as the answers lead; a branch without an answer ends the way for now. */
export function walk<Step extends Branching>(steps: readonly Step[], answers: Readonly<Record<string, number>>, isOutbound: boolean): Step[] {
  const found: Step[] = []
  let at = 0
  for (let step = steps[at]; step !== undefined; step = steps[at]) {
    let to = NEXT
    if (!isAside(step) && fitsCall(step, isOutbound)) {
      found.push(step)
      if (step.kind !== 'branch') to = step.then
      else {
        const answer = step.answers[answers[step.id] ?? -1]
        if (answer === undefined) return found
        to = answer.to
      }
    }
    if (to === END) return found
    const target = to === NEXT ? -1 : steps.findIndex((each) => each.id === to)
    // What leads back leads nowhere: the next one it is.
    at = target > at ? target : at + 1
  }
  return found
}

export interface Piece {
  text: string
  /** The placeholder that stood here. */
  placeholder?: string
  isMissing?: boolean
}

/** A text with its placeholders filled in; what is not known is a gap to be spoken around. */
export function filled(text: string, values: Readonly<Record<string, string | null | undefined>>): Piece[] {
  return text.split(/(\{[a-z_]+\})/).flatMap((part): Piece[] => {
    if (part === '') return []
    const placeholder = /^\{([a-z_]+)\}$/.exec(part)?.[1]
    if (placeholder === undefined) return [{ text: part }]
    const value = values[placeholder]
    return value === undefined || value === null || value === '' ? [{ text: '____', placeholder, isMissing: true }] : [{ text: value, placeholder }]
  })
}

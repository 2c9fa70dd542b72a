/** What the desk knows when a work order is begun there. */

export const caseListKey = (contact: string): string[] => ['desk', 'cases', contact]

const keyOf = (queue: string | undefined): string => `lianxi-case-kind-${queue ?? ''}`

/** The type that this person chose last in a queue: most calls of a line are about the same. */
export const kindOf = (queue: string | undefined): string => localStorage.getItem(keyOf(queue)) ?? ''

export const rememberKind = (queue: string | undefined, kind: string): void => localStorage.setItem(keyOf(queue), kind)

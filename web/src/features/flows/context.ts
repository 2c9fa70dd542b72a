/** What every part of the editor needs: the draft, what is wrong with it, and where one is. */
import { createContext, use } from 'react'

import type { FlowBody, FlowProblem, Plan } from '@/api/flows'

import type { Around } from './useAround'
import type { Editing } from './useEditing'
import type { Words } from './words'

export const PANELS = ['flow', 'problems', 'walk', 'call', 'versions', 'colleagues', 'publish'] as const
export type Panel = (typeof PANELS)[number]

export interface Editor {
  id: string
  editing: Editing
  flow: FlowBody
  around: Around
  words: Words
  problems: readonly FlowProblem[]
  /** The version that comes into force at a set time, or was refused then. */
  plan: Plan | null
  /** The node whose properties are shown. */
  selected: string | null
  select(node: string | null): void
  panel: Panel | null
  show(panel: Panel | null): void
  /** Nodes the caller on trial went through, and where the caller is. */
  trail: Trail
  setTrail(trail: Trail): void
}

export interface Trail {
  nodes: readonly string[]
  here: string | null
}
export const NO_TRAIL: Trail = { nodes: [], here: null }

export const EditorContext = createContext<Editor | null>(null)

export function useEditor(): Editor {
  const editor = use(EditorContext)
  if (editor === null) throw new Error('outside of the editor')
  return editor
}

/** What the alarm rules tell the person at this screen now; the floor's watch writes it, the bell reads it. */
import { create } from 'zustand'

export interface Told {
  id: string
  text: string
  to: string
}

export const useTold = create<{ told: readonly Told[] }>(() => ({ told: [] }))

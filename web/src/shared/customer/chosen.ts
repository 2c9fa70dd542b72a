/** Which customer a contact of this desk is with, once that is clear or a person has said it. */
import { create } from 'zustand'

const KEPT = 'lianxi-caller-customers'
const MOST = 20

type Chosen = Readonly<Record<string, string>>

function kept(): Chosen {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') as Chosen
  } catch {
    return {}
  }
}

const useChosen = create<{ chosen: Chosen }>(() => ({ chosen: kept() }))

/** `null` = to be chosen anew. A page loaded anew in mid-call knows it still. */
export function chooseCustomer(contact: string, customer: string | null): void {
  const others = Object.entries(useChosen.getState().chosen).filter(([each]) => each !== contact)
  const all = customer === null ? others : [...others, [contact, customer]]
  const chosen = Object.fromEntries(all.slice(-MOST)) as Chosen
  sessionStorage.setItem(KEPT, JSON.stringify(chosen))
  useChosen.setState({ chosen })
}

/** The customer of a contact at this desk; `null` while nobody is known, or several may be meant. */
export const useCallerCustomer = (contact: string | null): string | null =>
  useChosen((state) => (contact === null ? null : (state.chosen[contact] ?? null)))

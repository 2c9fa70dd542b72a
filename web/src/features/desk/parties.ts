/** Who hears whom in a conversation of more than two. */
import type { PartyView } from '@/api/handing'
import type { DeskContact } from '@/api/schema'

export const isConsulting = (contact: DeskContact): boolean => contact.talk === 'aside' || contact.talk === 'with_customer'

/** A name, else the number, else `otherwise`: an agent who has just been rung may have neither yet. */
export const partyName = (party: PartyView, otherwise: string): string => party.name || party.number || party.agent || otherwise

/** The key of the sentence under a party's name. */
export function whoHears(contact: DeskContact, party: PartyView): string {
  if (party.phase === 'ringing') return 'rings'
  if (contact.is_guest === true) return 'with_all'
  if (contact.talk === 'aside') return 'hears_you'
  if (contact.talk === 'with_customer') return 'hears_music'
  return 'with_all'
}

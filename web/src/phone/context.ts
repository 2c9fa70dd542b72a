/** How components reach the phone of this tab. */
import { createContext, useContext } from 'react'

import type { Phone } from './phone'

export const PhoneContext = createContext<Phone | null>(null)

export function usePhoneControl(): Phone {
  const phone = useContext(PhoneContext)
  if (phone === null) throw new Error('The phone is given by the app around every page.')
  return phone
}

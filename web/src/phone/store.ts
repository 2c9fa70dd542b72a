/** The phone's state as the page sees it. */
import { create } from 'zustand'

import { AT_REST, type PhoneState } from './state'

export const usePhone = create<PhoneState>(() => AT_REST)

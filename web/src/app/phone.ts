/** The phone of this tab with its ports: where the phone, the HTTP interface and the live link meet. */
import { desk } from '@/api/calls'
import { nameDeskSession, sendLeave } from '@/api/client'
import { fetchDesk, serverView } from '@/features/desk/view'
import { setBeating } from '@/live/link'
import { Phone } from '@/phone/phone'
import { notify } from '@/ui/notices'

/** Make the phone for the tab named `session`. */
export function makePhone(session: string): Phone {
  nameDeskSession(session)
  return new Phone({
    signIn: async (device, takeOver) => {
      const signedIn = await desk.signIn({ device, session, ...(takeOver ? { take_over: true } : {}) })
      return signedIn.sip
    },
    signOut: () => desk.signOut(),
    askForLeg: () => desk.leg(),
    fetchView: async () => serverView(await fetchDesk()),
    beat: setBeating,
    leave: () => sendLeave(session),
    failed: notify,
  })
}

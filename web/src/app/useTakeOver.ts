/** Taking the desk for this tab, with the device it is signed in with. */
import { useDeskView } from '@/features/desk/view'
import { usePhoneControl } from '@/phone/context'
import { useCommand, type Command } from '@/ui/useCommand'

export function useTakeOver(): Command<[]> {
  const phone = usePhoneControl()
  const device = useDeskView()?.device ?? 'browser'
  return useCommand(() => phone.signIn(device, true))
}

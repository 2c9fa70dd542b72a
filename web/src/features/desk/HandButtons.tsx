/** 转接, 咨询, 三方 and 拨号: they open the panel. While two are spoken with in turn the cards below have the keys. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskView } from '@/api/schema'
import { usePhone } from '@/phone/store'
import { ActionButton } from '@/ui/ActionButton'
import { useHelpKeys } from '@/ui/help'
import { useShortcuts, type Shortcuts } from '@/ui/shortcuts'

import { useWhyNot } from './actions'
import { openPanel, type Way } from './panel'
import { isConsulting } from './parties'

const KEYS: [way: Way, keys: string, shown: string][] = [
  ['transfer', 'Alt+z', 'Alt+Z'],
  ['consult', 'Alt+x', 'Alt+X'],
  ['invite', 'Alt+s', 'Alt+S'],
]

/** What the bar and the desk understand, for the sheet of `?`. */
function useDeskKeys(): void {
  const { t } = useTranslation()
  useHelpKeys('desk', [
    { keys: 'F2', does: t('keys.answer_or_call') },
    { keys: 'F4', does: t('keys.hang_up') },
    { keys: 'F8', does: t('desk.hold') },
    { keys: 'F9', does: t('desk.mute') },
    { keys: 'Alt+w', does: t('desk.state_menu') },
    { keys: 'Alt+z', does: t('desk.transfer') },
    { keys: 'Alt+x', does: t('desk.consult') },
    { keys: 'Alt+s', does: t('desk.invite') },
    { keys: 'Alt+p', does: t('desk.pause_recording') },
    { keys: 'Alt+h', does: t('desk.help') },
    { keys: 'Alt+c', does: t('keys.codes') },
    { keys: 'Alt+l', does: t('keys.read_out') },
    { keys: '$mod+s', does: t('keys.save') },
    { keys: '$mod+Enter', does: t('desk.finish_ready') },
  ])
}

export function HandButtons({ view }: { view: DeskView | undefined }): ReactElement {
  const { t } = useTranslation()
  const reasonFor = useWhyNot(view)
  const isRinging = usePhone((state) => state.session?.phase === 'ringing')
  const contact = view?.contact ?? null
  const isBetweenTwo = contact !== null && isConsulting(contact)
  const open = (way: Way) => (): void => {
    if (reasonFor(way) === null) openPanel(way)
  }
  const shortcuts: Shortcuts = isBetweenTwo ? {} : Object.fromEntries(KEYS.map(([way, keys]) => [keys, open(way)]))
  // What rings is answered with the same key.
  if (contact === null && !isRinging && (view?.offer ?? null) === null) shortcuts['F2'] = open('call')
  useShortcuts(shortcuts)
  useDeskKeys()
  return (
    <>
      {KEYS.map(([way, , shown]) => (
        <ActionButton
          key={way}
          label={t(`desk.${way}`)}
          keys={shown}
          testId={`call-${way}`}
          whyNot={reasonFor(way)}
          onAct={() => openPanel(way)}
        />
      ))}
      <ActionButton label={t('desk.call')} keys="F2" testId="call-out" whyNot={reasonFor('call')} onAct={() => openPanel('call')} />
    </>
  )
}

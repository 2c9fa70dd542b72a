/** Keeps what is being said out of the recording, for a while (Alt+P); stands only where it can be done. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskView } from '@/api/schema'
import { ActionButton } from '@/ui/ActionButton'
import { useShortcuts } from '@/ui/shortcuts'
import { useCommand } from '@/ui/useCommand'

import { commands, useWhyNot } from './actions'

export function PauseButton({ view }: { view: DeskView | undefined }): ReactElement {
  const { t } = useTranslation()
  const reasonFor = useWhyNot(view)
  const pause = useCommand(commands.pauseRecording)
  const resume = useCommand(commands.resumeRecording)
  const contact = view?.contact ?? null
  const isPaused = contact?.recording === 'paused'
  const whyNot = reasonFor(isPaused ? 'resume_recording' : 'pause_recording')
  const act = (): void => {
    if (contact !== null && whyNot === null) void (isPaused ? resume : pause).run(contact.id)
  }
  useShortcuts({ 'Alt+p': act })
  return (
    <ActionButton
      label={isPaused ? t('desk.resume_recording') : t('desk.pause_recording')}
      keys="Alt+P"
      testId={isPaused ? 'recording-resume' : 'recording-pause'}
      whyNot={whyNot}
      isBusy={pause.isBusy || resume.isBusy}
      isPressed={isPaused}
      onAct={act}
    />
  )
}

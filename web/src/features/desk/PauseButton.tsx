/** Keeps what is being said out of the recording, for a while (Alt+P); where recording is the agent's
 * choice it begins it. */
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
  const start = useCommand(commands.startRecording)
  const contact = view?.contact ?? null
  const isPaused = contact?.recording === 'paused'
  const mayStart = contact?.recording === 'off' && reasonFor('start_recording') === null
  const whyNot = mayStart ? null : reasonFor(isPaused ? 'resume_recording' : 'pause_recording')
  const act = (): void => {
    if (contact !== null && whyNot === null) void (mayStart ? start : isPaused ? resume : pause).run(contact.id)
  }
  useShortcuts({ 'Alt+p': act })
  return (
    <ActionButton
      label={mayStart ? t('desk.start_recording') : isPaused ? t('desk.resume_recording') : t('desk.pause_recording')}
      keys="Alt+P"
      testId={mayStart ? 'recording-start' : isPaused ? 'recording-resume' : 'recording-pause'}
      whyNot={whyNot}
      isBusy={pause.isBusy || resume.isBusy || start.isBusy}
      isPressed={isPaused}
      onAct={act}
    />
  )
}

/** What is to be said when the customer has waited: on hold, or while the microphone is off. */
import { Button } from 'antd'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskContact } from '@/api/schema'
import type { ScriptStep } from '@/api/scripts'
import { usePhone } from '@/phone/store'
import { announce } from '@/ui/announce'
import { useSeconds } from '@/ui/clock'
import { duration, textIn } from '@/ui/format'

import { ScriptWords, type ScriptValues } from './ScriptWords'

const SECOND = 1000

interface Wait {
  since: number
  /** How long it lasted, once it is over. */
  lasted: number | null
}

/** The present wait, or the last one: the customer hears nothing of the agent. */
function useWait(contact: DeskContact, now: number): Wait | null {
  const isMuted = usePhone((state) => state.isMuted)
  const [wait, setWait] = useState<Wait | null>(null)
  const heldSince = contact.phase === 'hold' ? contact.hold_since : null
  const isWaiting = heldSince !== null || isMuted
  const isOn = wait !== null && wait.lasted === null
  if (isWaiting && !isOn) setWait({ since: heldSince ?? now, lasted: null })
  if (!isWaiting && isOn) setWait({ ...wait, lasted: now - wait.since })
  return wait
}

interface Props {
  steps: readonly ScriptStep[]
  values: ScriptValues
  contact: DeskContact
}

export function ScriptTimed({ steps, values, contact }: Props): ReactElement | null {
  const { t, i18n } = useTranslation()
  const now = useSeconds() * SECOND
  const wait = useWait(contact, now)
  const [said, setSaid] = useState<readonly string[]>([])
  const passed = wait === null ? 0 : (wait.lasted ?? now - wait.since)
  const clock = wait?.lasted === null ? 'waiting' : 'back'
  const keyOf = (step: ScriptStep): string => `${wait?.since}/${step.id}`
  const due = wait === null ? [] : steps.filter((step) => step.clock === clock && passed >= step.after_s * SECOND && !said.includes(keyOf(step)))
  const first = due[0]
  const text = first === undefined ? '' : textIn(i18n.language, first.text, first.text_en)
  const spoken = useRef('')
  useEffect(() => {
    if (text !== '' && text !== spoken.current) announce(text)
    spoken.current = text
  }, [text])
  if (first === undefined || wait === null) return null
  return (
    <div className="script-due" data-testid={`script-due-${first.id}`}>
      <span className="quiet">{t(`script.due_${clock}`, { time: duration(passed) })}</span>
      <b>
        <ScriptWords step={first} values={values} />
      </b>
      <Button size="small" data-testid="script-due-said" onClick={() => setSaid([...said, keyOf(first)])}>
        {t('script.said')}
      </Button>
    </div>
  )
}

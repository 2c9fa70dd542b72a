/** The words of a step with everything filled in; what is not known stays a gap. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { handing } from '@/api/handing'
import type { DeskContact, DeskView } from '@/api/schema'
import type { ScriptStep } from '@/api/scripts'
import { useMe, useZone } from '@/api/session'
import { filled } from '@/forms/script'
import { nameIn, textIn } from '@/ui/format'

export type ScriptValues = Readonly<Record<string, string | null>>

const LONGEST_TOPIC = 24

/** What may stand in braces: who speaks, for whom, with whom, and what went before. */
export function useScriptValues(view: DeskView, contact: DeskContact): ScriptValues {
  const { i18n } = useTranslation()
  const me = useMe()
  const zone = useZone()
  // The same answer as the list of former contacts beneath.
  const history = useQuery({ queryKey: ['desk', 'history', contact.id], queryFn: () => handing.history(contact.id), staleTime: Infinity })
  const last = history.data?.last[0]
  const code = last?.disposition
  const topic = code !== null && code !== undefined && code.name !== 'TIMEOUT' ? nameIn(i18n.language, code) : (last?.note ?? '').slice(0, LONGEST_TOPIC)
  return {
    agent_no: view.agent.no,
    company: me === null ? null : nameIn(i18n.language, me.org),
    customer: contact.name,
    last_contact_date: last === undefined ? null : new Intl.DateTimeFormat(i18n.language, { month: 'long', day: 'numeric', timeZone: zone }).format(last.arrived_at),
    last_contact_topic: topic,
  }
}

export function ScriptWords({ step, values }: { step: ScriptStep; values: ScriptValues }): ReactElement {
  const { t, i18n } = useTranslation()
  return (
    <span className="script-words">
      {filled(textIn(i18n.language, step.text, step.text_en), values).map((piece, at) =>
        piece.isMissing === true ? (
          <span key={at} className="script-gap" title={t('script.not_known')}>
            {piece.text}
          </span>
        ) : (
          piece.text
        ),
      )}
    </span>
  )
}

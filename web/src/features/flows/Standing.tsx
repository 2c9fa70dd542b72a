/** How the flow stands, in the line of its name: version, draft, who else is at it, what is planned. */
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Plan } from '@/api/flows'
import { useZone } from '@/api/session'
import { clockTime } from '@/ui/format'

import type { Panel } from './context'
import { PlanMark } from './Planned'
import type { Editing } from './useEditing'

function Draft({ editing }: { editing: Editing }): ReactElement | null {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const { saving } = editing
  if (!editing.isDirty) return null
  const word = saving.isSaved && saving.savedAt !== null ? t('flows.saved_at', { at: clockTime(saving.savedAt, i18n.language, zone) }) : t('flows.saving')
  return (
    <>
      <span className="flow-mark flow-mark-warning" data-testid="flow-dirty">{t('flows.dirty')}</span>
      {saving.isUnkept && saving.isAway ? <span className="flow-fault" role="alert">■ {t('flows.unkept')}</span> : null}
      {saving.isAway && !saving.isUnkept ? <span className="flow-warning" data-testid="flow-away">▲ {t('flows.kept_here')}</span> : null}
      {saving.isAway ? null : <span className="quiet" data-testid="flow-saved">{word}</span>}
    </>
  )
}

export interface StandingProps {
  editing: Editing
  id: string
  plan: Plan | null
  onShow: (panel: Panel) => void
}

export function Standing({ editing, id, plan, onShow }: StandingProps): ReactElement {
  const { t } = useTranslation()
  const { others } = editing.saving
  const first = others[0]
  return (
    <>
      <Link to="/flows">{t('flows.all')}</Link>
      <code className="quiet">{id}</code>
      <span data-testid="flow-version">{editing.published === null ? t('flows.not_published') : t('flows.version', { version: editing.published.version })}</span>
      {editing.isOpen ? null : <span className="flow-mark" data-testid="flow-read-only">{t('flows.read_only')}</span>}
      <Draft editing={editing} />
      {plan === null ? null : (
        <Button size="small" data-testid="show-plan" onClick={() => onShow('publish')}>
          <PlanMark plan={plan} />
        </Button>
      )}
      {first === undefined ? null : (
        <Button size="small" data-testid="show-colleagues" onClick={() => onShow('colleagues')}>
          {others.length === 1 ? t(first.is_at_it ? 'flows.is_at_it' : 'flows.has_draft', { name: first.person_name }) : t('flows.others_draw', { count: others.length })}
        </Button>
      )}
    </>
  )
}

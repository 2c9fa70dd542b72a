/** What colleagues are drawing of this flow: what differs from here, and their draft as one's own. */
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Draft } from '@/api/flows'
import { useZone } from '@/api/session'
import { announce } from '@/ui/announce'
import { dateTime } from '@/ui/format'

import { useEditor } from './context'
import { diffFlows } from './diff'
import { DiffTable } from './DiffTable'
import { SideHead } from './SideHead'

function Theirs({ draft }: { draft: Draft }): ReactElement {
  const { t, i18n } = useTranslation()
  const { editing, flow, show } = useEditor()
  const zone = useZone()
  const take = (): void => {
    editing.rebase(draft.flow, draft.based_on)
    announce(t('flows.draft_taken', { name: draft.person_name }))
    show(null)
  }
  return (
    <li className="flow-card" data-testid={`colleague-${draft.person}`}>
      <b>{t(draft.is_at_it ? 'flows.is_at_it' : 'flows.has_draft', { name: draft.person_name })}</b>
      <span className="quiet">{t('flows.draft_saved_at', { at: dateTime(draft.saved_at, i18n.language, zone), version: draft.based_on })}</span>
      <DiffTable changes={diffFlows(flow, draft.flow)} before={flow} after={draft.flow} empty={t('flows.same')} />
      <div>
        <Button size="small" data-testid={`take-${draft.person}`} onClick={take}>
          {t('flows.take_draft')}
        </Button>
      </div>
    </li>
  )
}

export function ColleaguesPanel(): ReactElement {
  const { t } = useTranslation()
  const { editing, show } = useEditor()
  const { others } = editing.saving
  return (
    <div className="stack" data-testid="colleagues-panel">
      <SideHead title={t('flows.panel.colleagues')} onClose={() => show(null)} />
      <p className="quiet">{t(others.length === 0 ? 'flows.nobody_draws' : 'flows.colleagues_why')}</p>
      <ul className="flow-versions">
        {others.map((draft) => (
          <Theirs key={draft.person} draft={draft} />
        ))}
      </ul>
    </div>
  )
}

/** 我的: one's own figures, contacts, settings and sign-ins; as well on a telephone as on a desk. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { hasDesk, may, useMe } from '@/api/session'
import { nameIn } from '@/ui/format'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'

import './me.css'
import { OwnContacts } from './OwnContacts'
import { OwnFigures } from './OwnFigures'
import { OwnOpinion } from './OwnOpinion'
import { OwnSettings } from './OwnSettings'
import { OwnSignIns } from './OwnSignIns'

export function MePage(): ReactElement {
  const { t, i18n } = useTranslation()
  const me = useMe()
  usePageHelp(t('me.about'))
  const agent = me?.agent ?? null
  return (
    <PageShell
      title={t('me.title')}
      beside={
        <span className="quiet">
          {me?.user.name} · {me === null ? '' : nameIn(i18n.language, { name: me.user.role_name, name_en: me.user.role_name_en })}
          {agent === null ? '' : ` · ${agent.no}`}
        </span>
      }
    >
      <div className="me">
        {may(me, 'reports.read') && agent !== null ? <OwnFigures /> : null}
        {may(me, 'records.read') && agent !== null ? <OwnContacts agent={agent.id} /> : null}
        <OwnSettings hasPhone={hasDesk(me)} />
        {may(me, 'cases.create') ? <OwnOpinion /> : null}
        <OwnSignIns />
      </div>
    </PageShell>
  )
}

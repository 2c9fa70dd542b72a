/** Do the figures add up? A residual that is not zero is a fault of the figures, and said in red. */
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { figures, type Answer, type FigureContact } from '@/api/figures'
import { useZone } from '@/api/session'
import { shortDateTime } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

import { useMetrics, useView } from './asked'
import { printed } from './printed'
import { isBroken, whereBroken, type Stretch } from './residual'
import { onlyOf } from './view'

/** A metric on which each identity can be looked at, and whose contacts it is about; I3 is of agents. */
const LOOKED_AT: Record<string, { no: string; id: string; hasContacts: boolean }> = {
  I1: { no: '', id: 'offered', hasContacts: true },
  I2: { no: 'K22', id: '', hasContacts: true },
  I3: { no: 'K13', id: '', hasContacts: false },
}

interface Cause {
  stretch: Stretch
  contacts: FigureContact[]
}

/** Look for the moment of a residual, and for the contacts of that moment. */
function useCause(identity: string, window: Stretch) {
  const view = useView()
  const metrics = useMetrics()
  const [cause, setCause] = useState<Cause | null>(null)
  const at = LOOKED_AT[identity]
  const metric = metrics.data?.find((each) => (at?.no === '' ? each.id === at.id : each.no === at?.no))
  const search = useCommand(async () => {
    if (metric === undefined) return
    const stretch = await whereBroken(window, async ({ begins, ends }) => {
      const answer = await figures.query({ metrics: [metric.id], begins_at: begins, ends_at: ends, width: 'whole', only: onlyOf(view) })
      return answer.identities[identity]
    })
    const of = { begins_at: stretch.begins, ends_at: stretch.ends, queue: view.queue ?? undefined }
    const contacts = at?.hasContacts === true ? (await figures.contacts(metric.id, of)).items : []
    setCause({ stretch, contacts })
  })
  return { cause, search, canSearch: metric !== undefined }
}

interface ResidualProps {
  identity: string
  residual: number
  window: Stretch
}

function Residual({ identity, residual, window }: ResidualProps): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const { cause, search, canSearch } = useCause(identity, window)
  return (
    <li data-testid={`identity-${identity}`}>
      <span className="row">
        <span>
          {identity} {t(`reports.identity.${identity}`)}{' '}
          <b className="figure">{t('reports.identities.residual', { residual: printed(residual, 'number') })}</b>
        </span>
        {canSearch ? (
          <Button size="small" loading={search.isBusy} data-testid={`identity-search-${identity}`} onClick={() => void search.run()}>
            {t('reports.identities.search')}
          </Button>
        ) : null}
      </span>
      {cause === null ? null : (
        <p className="row" data-testid={`identity-cause-${identity}`}>
          {t('reports.identities.at', { at: shortDateTime(cause.stretch.begins, i18n.language, zone) })}
          {cause.contacts.map((contact) => (
            <Link key={contact.contact} to={`/records/${encodeURIComponent(contact.contact)}`}>
              <code>{contact.contact}</code>
            </Link>
          ))}
        </p>
      )}
    </li>
  )
}

export function Identities({ answer }: { answer: Answer }): ReactElement | null {
  const { t } = useTranslation()
  const all = Object.entries(answer.identities).sort(([one], [other]) => one.localeCompare(other))
  const broken = all.filter(([, residual]) => isBroken(residual))
  const window = { begins: answer.begins_at, ends: answer.ends_at }
  if (all.length === 0) return null
  if (broken.length === 0) {
    return (
      <p className="quiet" data-testid="identities" data-broken="0">
        <span aria-hidden="true">● </span>
        {t('reports.identities.hold', { which: all.map(([id]) => id).join(' ') })}
      </p>
    )
  }
  return (
    <section className="error-box identities" role="alert" data-testid="identities" data-broken={broken.length}>
      <h2>
        <span aria-hidden="true">■ </span>
        {t('reports.identities.broken')}
      </h2>
      <ul className="causes">
        {broken.map(([id, residual]) => (
          <Residual key={id} identity={id} residual={residual} window={window} />
        ))}
      </ul>
    </section>
  )
}

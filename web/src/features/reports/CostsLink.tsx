/** The way to the ledger of costs, for those who keep it. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { useMay } from '@/api/session'

export function CostsLink(): ReactElement | null {
  const { t } = useTranslation()
  if (!useMay('costs.edit')) return null
  return (
    <section className="panel row" aria-label={t('costs.title')}>
      <h2 className="panel-title">{t('costs.title')}</h2>
      <span className="quiet">{t('costs.about')}</span>
      <Link to="/reports/costs" data-testid="to-costs">
        {t('costs.open')}
      </Link>
    </section>
  )
}

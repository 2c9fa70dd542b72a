/** Step 7: what to do next; the administrator's home keeps the list. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

const WAYS = [
  { key: 'numbers', to: '/admin/routing?tab=numbers' },
  { key: 'people', to: '/admin/people' },
  { key: 'flows', to: '/flows' },
  { key: 'service', to: '/admin/service' },
  { key: 'system', to: '/admin/system' },
] as const

export function NextSteps(): ReactElement {
  const { t } = useTranslation()
  return (
    <section className="panel stack" aria-label={t('setup.step.next')} data-testid="next-steps">
      <h2>{t('setup.step.next')}</h2>
      <ul className="setup-list">
        {WAYS.map(({ key, to }) => (
          <li key={key} className="row">
            <Link to={to}>{t(`setup.way.${key}`)}</Link>
            <span className="quiet">{t(`setup.way_why.${key}`)}</span>
          </li>
        ))}
      </ul>
      <p className="quiet">
        {t('setup.kept_on_home')} <Link to="/admin">{t('setup.to_home')}</Link>
      </p>
    </section>
  )
}

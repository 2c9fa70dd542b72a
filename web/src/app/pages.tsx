/** The pages that are not about work: nothing here, not for you, welcome without pages. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { EmptyState } from '@/ui/states'

export function NotFound(): ReactElement {
  const { t } = useTranslation()
  return <EmptyState title={t('page.not_found')} why={t('page.not_found_why')} action={<Link to="/">{t('page.home')}</Link>} />
}

export function NoPermission(): ReactElement {
  const { t } = useTranslation()
  return (
    <EmptyState title={t('page.no_permission')} why={t('page.no_permission_why')} action={<Link to="/">{t('page.home')}</Link>} />
  )
}

export function Welcome(): ReactElement {
  const { t } = useTranslation()
  return <EmptyState title={t('page.welcome')} why={t('page.welcome_why')} />
}

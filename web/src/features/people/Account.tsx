/** What can be done with an account beside its fields: a new password, unlocking, closing, opening. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useZone } from '@/api/session'
import { staff, type Person } from '@/api/staff'
import { announce } from '@/ui/announce'
import { dateTime, shortDateTime } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

import { draftOf, wanted } from './draft'
import { Standing } from './columns'
import { PasswordShown } from './PasswordShown'

export function Account({ person, onChanged }: { person: Person; onChanged: (person: Person) => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const [password, setPassword] = useState<string | null>(null)
  const isClosed = person.closed_at !== null
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['people'] })
  const reset = useCommand(async () => setPassword((await staff.resetPassword(person.id)).password))
  const unlock = useCommand(async () => {
    await staff.unlock(person.id)
    announce(t('people.unlocked', { name: person.name }))
    refresh()
  })
  const close = useCommand(async () => {
    onChanged(await staff.change(person.id, wanted(draftOf(person), !isClosed), person.revision))
    announce(isClosed ? t('people.reopened', { name: person.name }) : t('people.closed_now', { name: person.name }))
    refresh()
  })
  const last = person.last_sign_in === null ? t('people.never') : dateTime(person.last_sign_in, i18n.language, zone)
  return (
    <section className="people-account" aria-label={t('people.account')}>
      <dl className="people-facts">
        <dt>{t('people.standing')}</dt>
        <dd>
          <Standing person={person} />
          {person.locked_until === null ? null : (
            <span className="quiet"> {t('people.locked_until', { at: shortDateTime(person.locked_until, i18n.language, zone) })}</span>
          )}
        </dd>
        <dt>{t('people.last_sign_in')}</dt>
        <dd>{last}</dd>
        <dt>{t('people.phone')}</dt>
        <dd>{person.phone ?? '—'}</dd>
      </dl>
      <div className="row">
        <Popconfirm title={t('people.reset_sure')} okText={t('people.reset')} cancelText={t('people.cancel')} onConfirm={() => void reset.run()}>
          <Button loading={reset.isBusy} data-testid="person-reset">
            {t('people.reset')}
          </Button>
        </Popconfirm>
        {person.locked_until === null ? null : (
          <Button loading={unlock.isBusy} onClick={() => void unlock.run()} data-testid="person-unlock">
            {t('people.unlock')}
          </Button>
        )}
        {isClosed ? (
          <Button loading={close.isBusy} onClick={() => void close.run()} data-testid="person-reopen">
            {t('people.reopen')}
          </Button>
        ) : (
          <Popconfirm title={t('people.close_sure')} okText={t('people.close')} cancelText={t('people.cancel')} onConfirm={() => void close.run()}>
            <Button danger loading={close.isBusy} data-testid="person-close">
              {t('people.close')}
            </Button>
          </Popconfirm>
        )}
      </div>
      {password === null ? null : <PasswordShown username={person.username} password={password} onDone={() => setPassword(null)} />}
    </section>
  )
}

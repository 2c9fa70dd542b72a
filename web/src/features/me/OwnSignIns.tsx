/** Where one is signed in, and was; one that is elsewhere can be ended from here. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { mine, type OwnSignIn } from '@/api/me'
import { useZone } from '@/api/session'
import { announce } from '@/ui/announce'
import { shortDateTime } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

const KEY = ['me', 'sign-ins']

function Row({ signIn }: { signIn: OwnSignIn }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const end = useCommand(async () => {
    await mine.endSignIn(signIn.id)
    announce(t('me.ended_now'))
    await client.invalidateQueries({ queryKey: KEY })
  })
  const at = (when: number): string => shortDateTime(when, i18n.language, zone)
  const state = signIn.ended_at !== null ? t('me.ended', { at: at(signIn.ended_at) }) : signIn.is_this === true ? `● ${t('me.this')}` : `● ${t('me.open')}`
  return (
    <tr>
      <td>{at(signIn.began_at)}</td>
      <td className="me-seen">{at(signIn.seen_at)}</td>
      <td className="typed">{signIn.address || '—'}</td>
      <td>{state}</td>
      <td>
        {signIn.ended_at === null && signIn.is_this !== true ? (
          <Button size="small" loading={end.isBusy} onClick={() => void end.run()} data-testid={`end-${signIn.id}`}>
            {t('me.end')}
          </Button>
        ) : null}
      </td>
    </tr>
  )
}

export function OwnSignIns(): ReactElement {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: KEY, queryFn: mine.signIns, refetchInterval: 30_000, refetchOnWindowFocus: true })
  return (
    <section className="panel me-wide" aria-labelledby="me-sign-ins">
      <h2 id="me-sign-ins">{t('me.sign_ins')}</h2>
      <p className="quiet">{t('me.sign_ins_does')}</p>
      {found.isPending ? <Loading rows={4} /> : null}
      {found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data === undefined ? null : (
        // What scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="scroll" tabIndex={0} role="region" aria-label={t('me.sign_ins')}>
          <table className="grid" data-testid="own-sign-ins">
            <thead>
              <tr>
                <th scope="col">{t('me.began')}</th>
                <th scope="col" className="me-seen">
                  {t('me.seen')}
                </th>
                <th scope="col">{t('me.address')}</th>
                <th scope="col">{t('me.state')}</th>
                <th scope="col" aria-label={t('me.end')} />
              </tr>
            </thead>
            <tbody>
              {found.data.map((signIn) => (
                <Row key={signIn.id} signIn={signIn} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

/** What is due next, and whose it is: every deadline that is open, the nearest first. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Warning } from '@/api/warnings'

import { openOf } from './chain'
import { Due } from './Due'
import { useHolders, usePostName } from './words'

export function NextDue({ warning }: { warning: Warning }): ReactElement | null {
  const { t } = useTranslation()
  const post = usePostName(warning.posts)
  const holders = useHolders(warning.posts)
  const open = openOf(warning.hops.lines)
  if (open.length === 0) return null
  return (
    <section className="tiles ew-next" aria-label={t('warnings.next')}>
      {open.map((line, place) => (
        <div key={`${line.clock} ${line.round} ${line.since}`} className={place === 0 ? 'tile ew-next-first' : 'tile'} data-testid={`next-${line.clock}`}>
          <span className="quiet">{place === 0 ? t('warnings.next_first') : t('warnings.beside')}</span>
          <b className="ew-next-what">{t(`warnings.clock.${line.clock}`)}</b>
          <Due running={line} testId={`due-${line.clock}`} />
          <span>
            {post(line.owner)} <span className="quiet">{holders(line.owner)}</span>
          </span>
        </div>
      ))}
    </section>
  )
}

/** One's own figures against what is wanted and half of one's team. */
import { useQuery } from '@tanstack/react-query'
import { Radio } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { mine, type OwnFigure, type Span } from '@/api/me'
import { useZone } from '@/api/session'
import { figure, nameIn, shortDateTime, textIn } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

const SPANS: readonly Span[] = ['today', 'week', 'month']
const SHAPES = { met: '●', missed: '▲', alarm: '■' } as const
const AIM: Record<OwnFigure['direction'], string> = { up: '≥ ', down: '≤ ', band: '', watch: '' }
/** Figures of today move; those of a month hardly. */
const EVERY_MS = 60_000

const printed = (value: number, each: OwnFigure): string => figure(value, each.unit as 'count')

function Tile({ each }: { each: OwnFigure }): ReactElement {
  const { t, i18n } = useTranslation()
  const { standing, target } = each
  return (
    <li className={`tile me-tile ${standing === 'alarm' ? 'tile-red' : ''}`} title={textIn(i18n.language, each.meaning, each.meaning_en)} data-testid={`own-${each.metric}`}>
      <span className="quiet">{nameIn(i18n.language, each)}</span>
      <b className={each.value === null ? 'no-source' : 'figure'}>{each.value === null ? t('me.nothing') : printed(each.value, each)}</b>
      <span className={`me-standing-${standing ?? 'none'}`}>
        {standing === null ? null : (
          <>
            <span aria-hidden="true">{SHAPES[standing]} </span>
            {t(`me.standing.${standing}`)} ·{' '}
          </>
        )}
        {target === null ? t('me.no_target') : t('me.target', { target: AIM[each.direction] + printed(target, each) })}
      </span>
      <span className="quiet">{each.team_median === null ? t('me.no_median') : t('me.median', { value: printed(each.team_median, each) })}</span>
    </li>
  )
}

export function OwnFigures(): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const [search, setSearch] = useSearchParams()
  const span = SPANS.find((each) => each === search.get('span')) ?? 'today'
  const found = useQuery({
    queryKey: ['me', 'figures', span],
    queryFn: () => mine.figures(span),
    refetchInterval: EVERY_MS,
    refetchOnWindowFocus: true,
    placeholderData: (before) => before,
  })
  return (
    <section className="panel me-wide" aria-labelledby="me-figures">
      <div className="row">
        <h2 id="me-figures">{t('me.figures')}</h2>
        <span className="grow" />
        <Radio.Group
          optionType="button"
          aria-label={t('me.span')}
          value={span}
          data-testid="own-span"
          options={SPANS.map((each) => ({ value: each, label: t(`me.span.${each}`) }))}
          onChange={(event) => setSearch(event.target.value === 'today' ? {} : { span: String(event.target.value) }, { replace: true })}
        />
      </div>
      {found.isPending ? <Loading rows={4} /> : null}
      {found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data === undefined ? null : found.data.agent === null ? (
        <EmptyState title={t('me.no_figures')} />
      ) : (
        <>
          <ul className="me-tiles">
            {found.data.figures.map((each) => (
              <Tile key={each.metric} each={each} />
            ))}
          </ul>
          <p className="quiet">{t('me.as_of', { at: shortDateTime(found.data.as_of, i18n.language, zone) })}</p>
        </>
      )}
    </section>
  )
}

/** 定义: what the figure means, by which formula, of whom, between which moments. */
import { Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import type { Formula, MetricEntry } from '@/api/figures'
import { textIn } from '@/ui/format'

import { NOTHING } from './printed'
import { hasFacts, isOfPromises } from './standing'
import { changed } from './view'

export function Definition({ metric }: { metric: MetricEntry }): ReactElement {
  const { t, i18n } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const chosen = metric.formulas.find((formula) => formula.id === search.get('formula')) ?? metric.formulas[0]
  const word = (text: string, english: string): string => textIn(i18n.language, text, english) || NOTHING
  const written = (formula: Formula): string => `${formula.id} = ${word(formula.text, formula.in_english)}`
  const choose = (id: string): void => {
    setSearch(changed(search, { formula: id === metric.formulas[0]?.id ? null : id }), { replace: true })
  }
  return (
    <section className="panel" aria-label={t('reports.definition')} id="definition" tabIndex={-1}>
      <h2>{t('reports.definition')}</h2>
      <p>{word(metric.meaning, metric.meaning_en)}</p>
      {metric.is_name_inferred ? <p className="quiet">{t('reports.name_inferred')}</p> : null}
      <dl className="facts facts-middle">
        <dt>{t('reports.formula')}</dt>
        <dd data-testid="formula" data-formula={chosen?.id}>
          {metric.formulas.length > 1 ? (
            <Select
              aria-label={t('reports.formula')}
              style={{ minWidth: 280, maxWidth: '100%' }}
              value={chosen?.id}
              onChange={choose}
              options={metric.formulas.map((formula) => ({ value: formula.id, label: written(formula) }))}
            />
          ) : (
            <code>{chosen === undefined ? NOTHING : written(chosen)}</code>
          )}
        </dd>
        <dt>{t('reports.population')}</dt>
        <dd>{word(metric.population, metric.population_en)}</dd>
        <dt>{t('reports.clock')}</dt>
        <dd>{word(metric.clock, metric.clock_en)}</dd>
        <dt>{t('reports.left_out')}</dt>
        <dd>{word(metric.left_out, metric.left_out_en)}</dd>
        <dt>{t('reports.facts')}</dt>
        <dd>{metric.facts === '' ? NOTHING : <code>{metric.facts}</code>}</dd>
        <dt>{t('reports.cadence')}</dt>
        <dd>{word(metric.cadence, metric.cadence_en)}</dd>
        <dt>{t('reports.owner')}</dt>
        <dd>{word(metric.owner, metric.owner_en)}</dd>
        {metric.target_from === null ? null : (
          <>
            <dt>{t('reports.target_label')}</dt>
            <dd>{t(`reports.target_from.${metric.target_from}`)}</dd>
          </>
        )}
        <dt>{t('reports.source')}</dt>
        <dd>{hasFacts(metric) ? t(isOfPromises(metric) ? 'reports.from_orders' : 'reports.from_journal') : t('reports.no_source')}</dd>
      </dl>
    </section>
  )
}

/** One thing that an action asks for. */
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Input, InputNumber, Radio, Select } from 'antd'
import { useId, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { cases, type Case } from '@/api/cases'
import { useCaseNames } from '@/shared/cases/known'

import { hasReturned, type Asks, type Said } from './actions'

export interface ComposerFieldProps {
  asked: Asks
  it: Case
  event: string
  said: Said
  onSay: (change: Partial<Said>) => void
}

const RESULTS = ['satisfied', 'unsatisfied', 'unreachable', 'refused'] as const
const LONGEST = 5_000
const LONGEST_NAME = 200
const MOST_HOURS = 8_760

function Named({ id, label, children }: { id: string; label: string; children: ReactNode }): ReactElement {
  return (
    <div className="composer-field">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  )
}

/** Which area, and the one that the catalogue names for this kind and place. */
function AreaField({ it, said, onSay }: ComposerFieldProps): ReactElement {
  const { t } = useTranslation()
  const id = useId()
  const { areas, area: nameOf } = useCaseNames()
  const suggested = useQuery({ queryKey: ['case-area', it.kind, it.place], queryFn: () => cases.suggestedArea(it.kind, it.place) })
  const named = suggested.data?.area ?? null
  const options = areas
    .filter((area) => area.is_active)
    .map((area) => ({ value: area.id, label: nameOf(area.id) + (hasReturned(it, area.id) ? ` · ${t('casework.returned_it')}` : '') }))
  return (
    <Named id={id} label={t('casework.asks.area')}>
      <div className="row">
        <Select
          id={id}
          showSearch={{ optionFilterProp: 'label' }}
          className="composer-choice"
          placeholder={t('casework.choose_area')}
          value={said.area === '' ? null : said.area}
          options={options}
          data-testid="composer-area"
          onChange={(area: string) => onSay({ area })}
        />
        {named === null || named === said.area ? null : (
          <Button onClick={() => onSay({ area: named })} data-testid="composer-suggested">
            {t('casework.suggested', { area: nameOf(named) })}
          </Button>
        )}
        {named !== null || !suggested.isSuccess ? null : <span className="quiet">{t('casework.no_suggestion')}</span>}
      </div>
    </Named>
  )
}

function WorkersField({ it, said, onSay }: ComposerFieldProps): ReactElement {
  const { t } = useTranslation()
  const id = useId()
  const { areas } = useCaseNames()
  const known = areas.find((area) => area.id === it.area)?.workers ?? []
  return (
    <Named id={id} label={t('casework.asks.workers')}>
      <Select
        id={id}
        mode="tags"
        className="composer-wide"
        placeholder={t('casework.choose_workers')}
        value={said.workers}
        options={known.map((name) => ({ value: name, label: name }))}
        tokenSeparators={[',', '，', '、']}
        data-testid="composer-workers"
        onChange={(workers: string[]) => onSay({ workers: workers.map((name) => name.trim()).filter((name) => name !== '') })}
      />
    </Named>
  )
}

export function ComposerField(props: ComposerFieldProps): ReactElement {
  const { asked, it, event, said, onSay } = props
  const { t } = useTranslation()
  const id = useId()
  switch (asked) {
    case 'area':
      return <AreaField {...props} />
    case 'workers':
      return <WorkersField {...props} />
    case 'visited':
      return (
        <Checkbox checked={said.visited} data-testid="composer-visited" onChange={(given) => onSay({ visited: given.target.checked })}>
          {t('casework.visited')}
        </Checkbox>
      )
    case 'person':
      return (
        <Named id={id} label={t('casework.asks.person')}>
          <Select
            id={id}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            className="composer-choice"
            placeholder={t('casework.nobody')}
            value={said.person === '' ? null : said.person}
            options={it.staff.map((person) => ({ value: person.id, label: person.name }))}
            data-testid="composer-person"
            onChange={(person: string | null | undefined) => onSay({ person: person ?? '' })}
          />
        </Named>
      )
    case 'result':
      return (
        <div className="composer-field" role="group" aria-label={t('casework.asks.result')}>
          <Radio.Group value={said.result === '' ? null : said.result} data-testid="composer-result" onChange={(given) => onSay({ result: String(given.target.value) })}>
            {RESULTS.map((result) => (
              <Radio key={result} value={result} data-testid={`result-${result}`}>
                {t(`casework.result.${result}`)}
              </Radio>
            ))}
          </Radio.Group>
        </div>
      )
    case 'time':
      return (
        <Named id={id} label={t('casework.asks.time')}>
          <InputNumber id={id} min={0.5} max={MOST_HOURS} step={1} suffix="h" className="number-field" value={said.hours} data-testid="composer-hours" onChange={(hours) => onSay({ hours })} />
        </Named>
      )
    case 'note':
    case 'contact':
    case 'into':
      return (
        <Named id={id} label={t(`casework.asks.${asked}`)}>
          <Input id={id} className="composer-wide" maxLength={LONGEST_NAME} value={said[asked]} data-testid={`composer-${asked}`} onChange={(given) => onSay({ [asked]: given.target.value })} />
        </Named>
      )
    case 'text!':
      return (
        <Named id={id} label={t('casework.asks.text')}>
          <Input.TextArea id={id} rows={3} className="composer-wide" maxLength={LONGEST} value={said.text} data-testid="composer-text" onChange={(given) => onSay({ text: given.target.value })} />
        </Named>
      )
    default:
      return (
        <Named id={id} label={t(`casework.reason_of.${event}`)}>
          <Input.TextArea id={id} rows={3} className="composer-wide" maxLength={LONGEST} value={said.reason} data-testid="composer-reason" onChange={(given) => onSay({ reason: given.target.value })} />
        </Named>
      )
  }
}

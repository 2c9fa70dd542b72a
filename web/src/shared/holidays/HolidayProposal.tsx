/** 建议节假日: a year's public holidays and worked weekends; a person looks, leaves out, and takes. */
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Drawer, Segmented } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { service, type Calendar } from '@/api/service'
import { useZone } from '@/api/session'
import { nameIn } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import './holidays.css'
import { byHoliday, firstChosen, proposals, taken, workHours, type Proposal } from './holidays'

const NOON = 'T12:00:00Z'
const MINUTES = 60
const two = (number: number): string => String(number).padStart(2, '0')
const clock = (at = 0): string => `${two(Math.floor(at / MINUTES))}:${two(at % MINUTES)}`
const hoursText = (spans: readonly (readonly number[])[]): string => spans.map(([opens, closes]) => `${clock(opens)}-${clock(closes)}`).join(', ')

function DayLine({ proposal }: { proposal: Proposal }): ReactElement {
  const { t, i18n } = useTranslation()
  const { day, spans, there } = proposal
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' }).format(new Date(day.day + NOON))
  const word = day.kind === 'work' ? t('holidays.work', { hours: hoursText(spans) }) : t(`holidays.${day.kind}`)
  return (
    <>
      <span className="holidays-day">{day.day} {weekday}</span>{' '}
      <span className={day.kind === 'work' ? 'holidays-work' : 'quiet'}>{day.kind === 'work' ? '▲ ' : ''}{word}</span>
      {there === 'new' ? null : <span className="quiet"> · {t(`holidays.there.${there}`)}</span>}
    </>
  )
}

interface ListProps {
  calendar: Calendar
  year: number
  isBusy: boolean
  onTake: (special: Calendar['special']) => void
}

function YearOf({ calendar, year, isBusy, onTake }: ListProps): ReactElement {
  const { t, i18n } = useTranslation()
  const found = useQuery({ queryKey: ['public-holidays', year], queryFn: () => service.publicHolidays(year), staleTime: Infinity })
  const [picked, setPicked] = useState<string[] | null>(null)
  if (found.isPending) return <Loading rows={8} />
  if (found.isError) return <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data.announced) return <EmptyState title={t('holidays.unknown', { year })} why={t('holidays.unknown_why', { year })} />
  const all = proposals(calendar, found.data.days)
  const chosen = picked ?? firstChosen(all)
  const put = (days: readonly string[], isOn: boolean): void => setPicked([...chosen.filter((each) => !days.includes(each)), ...(isOn ? days : [])])
  return (
    <div className="stack" data-testid="holidays-list">
      <p className="quiet">
        {t('holidays.about')} {calendar.always ? t('holidays.always') : t('holidays.hours', { hours: hoursText(workHours(calendar)) || '—' })}
      </p>
      {byHoliday(all).map(({ days, ...names }) => {
        const ids = days.map((each) => each.day.day)
        const on = ids.filter((each) => chosen.includes(each)).length
        return (
          <fieldset key={names.name} className="holidays-group">
            <legend>
              <Checkbox checked={on === ids.length} indeterminate={on > 0 && on < ids.length} data-testid={`holiday-${ids[0]}`} onChange={(event) => put(ids, event.target.checked)}>
                <b>{nameIn(i18n.language, names)}</b> <span className="quiet">{on}/{ids.length}</span>
              </Checkbox>
            </legend>
            {days.map((each) => (
              <Checkbox key={each.day.day} checked={chosen.includes(each.day.day)} data-testid={`day-${each.day.day}`} onChange={(event) => put([each.day.day], event.target.checked)}>
                <DayLine proposal={each} />
              </Checkbox>
            ))}
          </fieldset>
        )
      })}
      <div className="holidays-take">
        <Button type="primary" disabled={chosen.length === 0} loading={isBusy} data-testid="holidays-take" onClick={() => onTake(taken(calendar, all, chosen))}>
          {t('holidays.take', { count: chosen.length })}
        </Button>
      </div>
    </div>
  )
}

interface HolidayProposalProps {
  calendar: Calendar
  isBusy?: boolean
  onClose: () => void
  /** The days of the calendar with what was chosen; the rest as it was. */
  onTake: (special: Calendar['special']) => void
}

export function HolidayProposal({ calendar, isBusy = false, onClose, onTake }: HolidayProposalProps): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const [now] = useState(() => Date.now())
  const present = Number(new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: zone }).format(now))
  const [year, setYear] = useState(present)
  return (
    <Drawer open onClose={onClose} title={t('holidays.title', { name: nameIn(i18n.language, calendar) })} size={560} destroyOnHidden data-testid="holidays">
      <div className="stack">
        <Segmented value={year} onChange={setYear} options={[present, present + 1].map((each) => ({ value: each, label: t('holidays.year', { year: each }) }))} data-testid="holidays-year" />
        <YearOf key={year} calendar={calendar} year={year} isBusy={isBusy} onTake={onTake} />
      </div>
    </Drawer>
  )
}

/** One calendar: the week, and days that do not follow it. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input, Popconfirm } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { service, type Calendar } from '@/api/service'
import { HolidayProposal } from '@/shared/holidays/HolidayProposal'
import { EditBar, EditFrame } from '@/ui/EditFrame'
import { notify } from '@/ui/notices'
import { useVersions } from '@/ui/versions'

import { hoursText } from './hours'
import { HoursInput } from './HoursInput'
import { CALENDARS, named } from './keys'

const WEEK = ['0', '1', '2', '3', '4', '5', '6']
const DAY = /^\d{4}-\d{2}-\d{2}$/

const without = (days: Calendar['special'], day: string): Calendar['special'] =>
  Object.fromEntries(Object.entries(days).filter(([each]) => each !== day))

const hoursByDay = (all: Calendar['weekly']): string =>
  Object.entries(all).map(([day, spans]) => `${day} ${hoursText(spans)}`).join('; ')

function SpecialDays({ calendar, onChange }: { calendar: Calendar; onChange: (special: Calendar['special']) => void }): ReactElement {
  const { t } = useTranslation()
  const [day, setDay] = useState('')
  const days = Object.keys(calendar.special).sort()
  const add = (): void => {
    onChange({ ...calendar.special, [day]: calendar.special[day] ?? [] })
    setDay('')
  }
  return (
    <section className="panel" aria-labelledby="service-special">
      <h2 id="service-special">{t('service.special')}</h2>
      <p className="quiet">{t('service.special_about')}</p>
      {days.length === 0 ? <p className="quiet">{t('service.special_none')}</p> : (
        <ul className="service-days">
          {days.map((each) => (
            <li key={each} className="row">
              <span className="service-day">{each}</span>
              <HoursInput label={t('service.hours_of', { day: each })} spans={calendar.special[each] ?? []} testId={`special-${each}`} onChange={(spans) => onChange({ ...calendar.special, [each]: spans })} />
              <Button size="small" aria-label={t('service.take_day', { day: each })} onClick={() => onChange(without(calendar.special, each))}>✕</Button>
            </li>
          ))}
        </ul>
      )}
      <div className="row">
        <Input type="date" className="service-date" aria-label={t('service.day')} value={day} data-testid="special-day" onChange={(event) => setDay(event.target.value)} />
        <Button disabled={!DAY.test(day)} data-testid="special-add" onClick={add}>{t('service.add_day')}</Button>
      </div>
    </section>
  )
}

function Week({ calendar, onChange }: { calendar: Calendar; onChange: (weekly: Calendar['weekly']) => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <section className="panel" aria-labelledby="service-week">
      <h2 id="service-week">{t('service.week')}</h2>
      <p className="quiet">{t('service.week_about')}</p>
      <ul className="service-days">
        {WEEK.map((day) => (
          <li key={day} className="row">
            <span className="service-day">{t(`service.weekday.${day}`)}</span>
            <HoursInput label={t('service.hours_of', { day: t(`service.weekday.${day}`) })} spans={calendar.weekly[day] ?? []} testId={`weekday-${day}`} onChange={(spans) => onChange({ ...calendar.weekly, [day]: spans })} />
          </li>
        ))}
      </ul>
    </section>
  )
}

export function CalendarEditor({ stored, isNew, onGone }: { stored: Calendar; isNew: boolean; onGone: () => void }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const reread = (): Promise<void> => client.invalidateQueries({ queryKey: CALENDARS })
  const editing = useVersions<Calendar>({
    name: `service-calendar-${stored.id}`,
    stored,
    send: (_changes, whole, match) => service.putCalendar(named(whole), match),
    reread: async () => {
      await reread()
      return client.getQueryData<Calendar[]>(CALENDARS)?.find((each) => each.id === stored.id)
    },
    saved: t('service.saved'),
  })
  const { draft } = editing
  const [isProposing, setProposing] = useState(false)
  const remove = (): void => void service.removeCalendar(stored).then(reread).then(onGone).catch(notify)
  return (
    <div className="stack">
      <EditBar editing={editing}>
        <Button data-testid="calendar-holidays" onClick={() => setProposing(true)}>{t('holidays.open')}</Button>
        {isNew ? null : (
          <Popconfirm title={t('service.remove_calendar')} description={t('service.remove_calendar_why')} okText={t('service.remove')} cancelText={t('common.cancel')} onConfirm={remove}>
            <Button danger data-testid="calendar-remove">{t('service.remove')}</Button>
          </Popconfirm>
        )}
      </EditBar>
      <EditFrame<Calendar> editing={editing} fields={[
        { key: 'name', label: t('service.name') },
        { key: 'name_en', label: t('service.name_en') },
        { key: 'always', label: t('service.always') },
        { key: 'weekly', label: t('service.week'), show: (version) => hoursByDay(version.weekly) },
        { key: 'special', label: t('service.special'), show: (version) => hoursByDay(version.special) },
      ]}>
      <div className="row">
        <Input className="service-name" prefix={t('service.name')} aria-label={t('service.name')} maxLength={80} value={draft.name} data-testid="calendar-name" onChange={(event) => editing.change({ ...draft, name: event.target.value })} />
        <Input className="service-name" prefix={t('service.name_en')} aria-label={t('service.name_en')} maxLength={80} value={draft.name_en} data-testid="calendar-name-en" onChange={(event) => editing.change({ ...draft, name_en: event.target.value })} />
        <Checkbox checked={draft.always} onChange={(event) => editing.change({ ...draft, always: event.target.checked })}>{t('service.always')}</Checkbox>
      </div>
      {draft.always ? null : <Week calendar={draft} onChange={(weekly) => editing.change({ ...draft, weekly })} />}
      <SpecialDays calendar={draft} onChange={(special) => editing.change({ ...draft, special })} />
      </EditFrame>
      {isProposing ? (
        <HolidayProposal
          calendar={draft}
          onClose={() => setProposing(false)}
          onTake={(special) => {
            editing.change({ ...draft, special })
            setProposing(false)
          }}
        />
      ) : null}
    </div>
  )
}

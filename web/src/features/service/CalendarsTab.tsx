/** 日历: opening hours, holidays and make-up working days. */
import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { NOT_THERE_YET } from '@/api/routing'
import { service, type Calendar } from '@/api/service'
import { isEnglish } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import { CalendarEditor } from './CalendarEditor'
import { CALENDARS, FRESH_MS } from './keys'

const ID = /^[a-z][a-z0-9-]{0,39}$/
const OFFICE: Span[] = [[540, 1_080]]

type Span = [number, number]

const blank = (id: string): Calendar => ({
  id,
  name: id,
  name_en: id,
  always: false,
  weekly: Object.fromEntries(['0', '1', '2', '3', '4'].map((day) => [day, OFFICE])),
  special: {},
  revision: NOT_THERE_YET,
})

export function CalendarsTab(): ReactElement {
  const { t, i18n } = useTranslation()
  const calendars = useQuery({ queryKey: CALENDARS, queryFn: service.calendars, refetchInterval: FRESH_MS })
  const [chosen, setChosen] = useState<string | null>(null)
  const [fresh, setFresh] = useState('')
  if (calendars.isPending) return <Loading rows={6} />
  if (calendars.isError) return <ErrorBox error={calendars.error} onRetry={() => void calendars.refetch()} />
  const all = calendars.data
  const open = all.find((each) => each.id === chosen) ?? (chosen === null ? all[0] : blank(chosen))
  const isTaken = all.some((each) => each.id === fresh)
  return (
    <div className="service-split">
      <nav className="stack" aria-label={t('service.tab.calendars')}>
        {all.map((each) => (
          <button key={each.id} type="button" className="plain-button service-entry" aria-current={each.id === open?.id} data-testid={`calendar-${each.id}`} onClick={() => setChosen(each.id)}>
            {isEnglish(i18n.language) ? each.name_en : each.name}
            <span className="quiet"> {each.always ? t('service.always') : t('service.days_special', { count: Object.keys(each.special).length })}</span>
          </button>
        ))}
        <form className="row" onSubmit={(event) => {
          event.preventDefault()
          if (ID.test(fresh) && !isTaken) { setChosen(fresh); setFresh('') }
        }}>
          <Input className="service-short typed" aria-label={t('service.calendar_id')} placeholder={t('service.calendar_id')} value={fresh} data-testid="calendar-id" onChange={(event) => setFresh(event.target.value.trim().toLowerCase())} />
          <Button htmlType="submit" disabled={!ID.test(fresh) || isTaken} data-testid="calendar-new">{t('service.new')}</Button>
        </form>
        <p className="quiet">{isTaken ? `▲ ${t('service.calendar_taken')}` : t('service.calendar_id_about')}</p>
      </nav>
      {open === undefined ? <EmptyState title={t('service.calendars_none')} why={t('service.calendars_none_why')} /> : (
        <CalendarEditor key={open.id} stored={open} isNew={open.revision === NOT_THERE_YET} onGone={() => setChosen(null)} />
      )}
    </div>
  )
}

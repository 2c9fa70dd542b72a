/** Step 1: what the centre is called, its language, its zone, and this year's calendar. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Segmented } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { organisation as server, type Organisation, type OrganisationWish } from '@/api/organisation'
import { service, type Calendar } from '@/api/service'
import { sessionQuery, useMe, useZone } from '@/api/session'
import { HolidayProposal } from '@/shared/holidays/HolidayProposal'
import { announce } from '@/ui/announce'
import { nameIn } from '@/ui/format'
import { FormField, FormProblems, TextField } from '@/ui/FormField'
import { notify } from '@/ui/notices'
import { codeOf } from '@/ui/problems'
import { Strip } from '@/ui/Strip'
import { useServerForm } from '@/ui/useServerForm'

import type { StepProps } from './steps'

const LONGEST = 60
type Wish = Omit<OrganisationWish, 'revision'>

/** Which days of this year do not follow the week. */
function Calendars(): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const found = useQuery({ queryKey: ['calendars'], queryFn: service.calendars })
  const client = useQueryClient()
  const [now] = useState(() => Date.now())
  const [openId, setOpen] = useState<string | null>(null)
  const open = found.data?.find((each) => each.id === openId) ?? null
  const [isBusy, setBusy] = useState(false)
  const take = async (calendar: Calendar, special: Calendar['special']): Promise<void> => {
    setBusy(true)
    try {
      await service.putCalendar({ ...calendar, special }, calendar.revision)
      const count = Object.keys(special).length - Object.keys(calendar.special).length
      announce(t('holidays.saved', { name: nameIn(i18n.language, calendar), count }))
      setOpen(null)
    } catch (error) {
      notify(error)
    } finally {
      setBusy(false)
      await client.invalidateQueries({ queryKey: ['calendars'] })
    }
  }
  const year = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: zone }).format(now)
  return (
    <section className="panel" aria-label={t('setup.calendars', { year })}>
      <h2>{t('setup.calendars', { year })}</h2>
      <ul className="setup-list">
        {(found.data ?? []).map((calendar) => {
          const days = Object.keys(calendar.special).filter((day) => day.startsWith(year)).length
          return (
            <li key={calendar.id} className="row">
              <span className="grow">{nameIn(i18n.language, calendar)}</span>
              <span className="quiet">{calendar.always ? t('setup.always_open') : t('setup.special_days', { count: days })}</span>
              <Button size="small" data-testid={`holidays-${calendar.id}`} onClick={() => setOpen(calendar.id)}>{t('holidays.open')}</Button>
            </li>
          )
        })}
      </ul>
      <Link to="/admin/service">{t('setup.to_calendars')}</Link>
      {open === null ? null : <HolidayProposal calendar={open} isBusy={isBusy} onClose={() => setOpen(null)} onTake={(special) => void take(open, special)} />}
    </section>
  )
}

export function OrganisationStep({ organisation, onDone }: StepProps): ReactElement {
  const { t } = useTranslation()
  const me = useMe()
  const zone = useZone()
  const client = useQueryClient()
  const [theirs, setTheirs] = useState<Organisation | null>(null)
  const { form, isBusy, problems, submit, go } = useServerForm<Wish>(
    async (wish) => {
      const revision = (theirs ?? organisation).revision
      client.setQueryData(['organisation'], await server.name({ ...wish, revision }))
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey })
      await onDone(wish.name)
    },
    {},
    (error) => {
      if (codeOf(error) !== 'organisation_changed') return false
      void server.read().then(setTheirs)
      return true
    },
  )
  const first: Wish = {
    name: organisation.name === '' ? (me?.org.name ?? '') : organisation.name,
    name_en: organisation.name_en,
    language: organisation.language === 'en' ? 'en' : 'zh-CN',
  }
  return (
    <>
      <section className="panel" aria-label={t('setup.step.organisation')}>
        <h2>{t('setup.step.organisation')}</h2>
        {theirs === null ? null : (
          <Strip code="organisation-changed" tone="amber" action={<Button size="small" onClick={() => form.setFieldsValue({ name: theirs.name, name_en: theirs.name_en })}>{t('setup.take_theirs')}</Button>}>
            {t('setup.changed_by', { by: theirs.changed_by, name: theirs.name, name_en: theirs.name_en || '—' })}
          </Strip>
        )}
        <Form form={form} layout="vertical" initialValues={first} requiredMark={false} className="setup-form" onFinish={(wish) => void submit(wish)}>
          <FormProblems problems={problems} onGo={go} />
          <TextField name="name" label={t('setup.name')} does={t('setup.name_does')} longest={LONGEST} isRequired testId="org-name" />
          <TextField name="name_en" label={t('setup.name_en')} does={t('setup.name_en_does')} longest={LONGEST} testId="org-name-en" />
          <FormField name="language" label={t('setup.language')} does={t('setup.language_does')}>
            <Segmented
              options={[
                { value: 'zh-CN', label: '中文' },
                { value: 'en', label: 'English' },
              ]}
            />
          </FormField>
          <p>
            {t('setup.zone')} <b>{zone}</b> <span className="quiet">{t('setup.zone_how')}</span>
          </p>
          <Button type="primary" htmlType="submit" loading={isBusy} data-testid="setup-next">
            {theirs === null ? t('setup.save_next') : t('setup.save_mine')}
          </Button>
        </Form>
      </section>
      <Calendars />
    </>
  )
}

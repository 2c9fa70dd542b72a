/** One team: its names, who leads it, who is in it; closed once nobody is. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Form, Popconfirm, Select } from 'antd'
import { useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { staff, type Team, type TeamIn } from '@/api/staff'
import { announce } from '@/ui/announce'
import { Conflict } from '@/ui/Conflict'
import { FormField, FormProblems, TextField } from '@/ui/FormField'
import { codeOf } from '@/ui/problems'
import { useServerForm } from '@/ui/useServerForm'

import { nameOf, teamsQuery, useRoleOptions } from './known'

const EMPTY: TeamIn = { name: '', name_en: '', lead: null, closed: false }
const FIELD_OF = { team_name_taken: 'name', team_lead_unfit: 'lead' }

const formOf = (team: Team): TeamIn => ({ name: team.name, name_en: team.name_en, lead: team.lead, closed: team.closed_at !== null })

/** Whoever has an open account may lead; those who lead are looked for by name. */
function LeadField({ former }: { former: Team | null }): ReactElement {
  const { t } = useTranslation()
  const roles = useRoleOptions()
  const [words, setWords] = useState('')
  const found = useQuery({
    queryKey: ['people', 'leads', words],
    queryFn: () => staff.list({ q: words, state: 'open', sort: 'name' }),
    placeholderData: (before) => before,
  })
  const options = (found.data?.items ?? []).map((person) => ({ value: person.id, label: `${person.name} · ${nameOf(roles, person.role)}` }))
  const known = former?.lead != null && options.every((each) => each.value !== former.lead)
  return (
    <FormField name="lead" label={t('people.lead')} does={t('people.lead_does')}>
      <Select
        allowClear
        showSearch={{ filterOption: false, onSearch: setWords }}
        options={known ? [{ value: former?.lead ?? '', label: former?.lead_name ?? '' }, ...options] : options}
        data-testid="team-lead"
      />
    </FormField>
  )
}

function Members({ team }: { team: Team }): ReactElement {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['people', 'members', team.id], queryFn: () => staff.list({ team: team.id, state: 'open', sort: 'name' }) })
  const members = found.data?.items ?? []
  const roles = useRoleOptions()
  return (
    <section aria-label={t('people.members')}>
      <h2 className="people-sub">
        {t('people.members')} <span className="quiet">{found.data?.total ?? team.people}</span>
      </h2>
      {members.length === 0 ? <p className="quiet">{t('people.no_members')}</p> : null}
      <ul className="people-members">
        {members.map((person) => (
          <li key={person.id}>
            <Link to={{ search: `?person=${person.id}` }}>{person.name}</Link> <span className="quiet">{nameOf(roles, person.role)}</span>
          </li>
        ))}
      </ul>
      {found.data?.next == null ? null : <Link to={{ search: `?team=${team.id}` }}>{t('people.all_members')}</Link>}
      <p className="quiet">{t('people.members_does')}</p>
    </section>
  )
}

export function TeamDrawer({ team, onClose }: { team: Team | null; onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [clash, setClash] = useState<{ mine: TeamIn; theirs: Team } | null>(null)
  const latest = useRef(team)
  const sent = useRef(EMPTY)
  const initial = team === null ? EMPTY : formOf(team)
  const send = async (wish: TeamIn): Promise<void> => {
    const over = latest.current
    sent.current = wish
    const saved = over === null ? await staff.addTeam(wish) : await staff.changeTeam(over.id, wish, over.revision)
    await client.invalidateQueries({ queryKey: ['people'] })
    announce(t('people.saved', { name: saved.name }))
    onClose()
  }
  const clashed = async (mine: TeamIn): Promise<void> => {
    const theirs = (await client.fetchQuery({ ...teamsQuery, staleTime: 0 })).find((each) => each.id === team?.id)
    if (theirs !== undefined) setClash({ mine, theirs })
  }
  const sheet = useServerForm<TeamIn>(send, FIELD_OF, (error) => {
    if (codeOf(error) !== 'changed_meanwhile') return false
    void clashed(sent.current)
    return true
  })
  const settle = (wish: TeamIn): void => {
    latest.current = clash?.theirs ?? latest.current
    sheet.form.setFieldsValue(wish)
    setClash(null)
  }
  const whole = (): TeamIn => ({ ...initial, ...sheet.form.getFieldsValue(true) })
  const nameOfLead = (wish: TeamIn): string => (wish.lead == null ? '—' : wish.lead === clash?.theirs.lead ? (clash.theirs.lead_name ?? wish.lead) : wish.lead === team?.lead ? (team.lead_name ?? wish.lead) : t('people.chosen'))
  return (
    <Drawer open onClose={onClose} title={team?.name ?? t('people.new_team')} size={480} destroyOnHidden data-testid="team-drawer">
      {clash === null ? null : (
        <Conflict<TeamIn>
          mine={clash.mine}
          theirs={formOf(clash.theirs)}
          fields={[
            { key: 'name', label: t('people.team_name') },
            { key: 'name_en', label: t('people.team_name_en') },
            { key: 'lead', label: t('people.lead'), show: nameOfLead },
            { key: 'closed', label: t('people.standing'), show: (wish) => (wish.closed === true ? t('people.team_closed') : t('people.team_open')) },
          ]}
          onResolve={(wish) => {
            settle(wish)
            void sheet.submit(wish)
          }}
          onTakeTheirs={() => settle(formOf(clash.theirs))}
        />
      )}
      <div hidden={clash !== null} className="stack">
        <Form<TeamIn> form={sheet.form} layout="vertical" initialValues={initial} requiredMark={false} onFinish={() => void sheet.submit(whole())}>
          <FormProblems problems={sheet.problems} onGo={sheet.go} />
          <TextField name="name" label={t('people.team_name')} longest={80} testId="team-name" isRequired />
          <TextField name="name_en" label={t('people.team_name_en')} does={t('people.team_name_en_does')} longest={80} testId="team-name-en" />
          <LeadField former={team} />
          <div className="row">
            <Button type="primary" htmlType="submit" loading={sheet.isBusy} data-testid="team-save">
              {team === null ? t('people.create') : t('people.save')}
            </Button>
            {team === null ? null : team.closed_at === null ? (
              <Popconfirm title={t('people.close_team_sure')} okText={t('people.close_team')} cancelText={t('people.cancel')} onConfirm={() => void sheet.submit({ ...whole(), closed: true })}>
                <Button danger data-testid="team-close">
                  {t('people.close_team')}
                </Button>
              </Popconfirm>
            ) : (
              <Button onClick={() => void sheet.submit({ ...whole(), closed: false })} data-testid="team-open">
                {t('people.open_team')}
              </Button>
            )}
          </div>
        </Form>
        {team === null ? null : <Members team={team} />}
      </div>
    </Drawer>
  )
}

/** One person beside the list: the form, what signing in says, and what can be done with the account. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { staff, type Person } from '@/api/staff'
import { announce } from '@/ui/announce'
import { Conflict, type ConflictField } from '@/ui/Conflict'
import { codeOf } from '@/ui/problems'
import { ErrorBox, Loading } from '@/ui/states'
import { useServerForm } from '@/ui/useServerForm'

import { Account } from './Account'
import { draftOf, EMPTY, newcomer, wanted, type Draft } from './draft'
import { nameOf, useQueueOptions, useRoleOptions, useTeamOptions } from './known'
import { FIELD_OF, PersonForm } from './PersonForm'
import { PasswordShown } from './PasswordShown'

const WIDTH = 620

function useRefresh(): () => void {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ queryKey: ['people'] })
}

function Newcomer({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const [made, setMade] = useState<{ person: Person; password: string } | null>(null)
  const sheet = useServerForm<Draft>(async (draft) => {
    const created = await staff.create(newcomer(draft))
    refresh()
    announce(t('people.created', { name: created.person.name }))
    setMade(created)
  }, FIELD_OF)
  return (
    <Drawer open onClose={onClose} title={t('people.new')} size={WIDTH} destroyOnHidden data-testid="person-drawer">
      {made === null ? (
        <PersonForm sheet={sheet} initial={EMPTY} isNew hasNumber={false} onFinish={(draft) => void sheet.submit(draft)} />
      ) : (
        <PasswordShown username={made.person.username} password={made.password} onDone={onClose} />
      )}
    </Drawer>
  )
}

function useConflictFields(): ConflictField<Draft>[] {
  const { t } = useTranslation()
  const roles = useRoleOptions()
  const teams = useTeamOptions()
  const queues = useQueueOptions()
  const shown = (pairs: { name: string; level: number }[]): string =>
    pairs.map(({ name, level }) => `${name} ${level}`).join(t('people.between')) || '—'
  return [
    { key: 'name', label: t('people.name') },
    { key: 'role', label: t('people.role'), show: (draft) => nameOf(roles, draft.role) },
    { key: 'team', label: t('people.team'), show: (draft) => (draft.team === null ? '—' : nameOf(teams, draft.team)) },
    { key: 'email', label: t('people.email') },
    { key: 'takesCalls', label: t('people.takes_calls'), show: (draft) => (draft.takesCalls ? t('people.yes') : t('people.no')) },
    { key: 'agent', label: t('people.number') },
    { key: 'queues', label: t('people.queues'), show: (draft) => shown(draft.queues.map(({ queue, level }) => ({ name: nameOf(queues, queue), level }))) },
    { key: 'skills', label: t('people.skills'), show: (draft) => shown(draft.skills.map(({ skill, level }) => ({ name: skill, level }))) },
    { key: 'wrapUpTime', label: t('people.wrap_up_time'), show: (draft) => t(`people.wrap_up_time.${draft.wrapUpTime}`) },
  ]
}

/** Edits what was read when the drawer opened; somebody else's change in between is shown beside it. */
function Editor({ read, onClose }: { read: Person; onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const fields = useConflictFields()
  const [base, setShown] = useState(read)
  // A form is sent in the same moment as a choice between two versions: the newest one counts.
  const latest = useRef(read)
  const sent = useRef(EMPTY)
  const setBase = (person: Person): void => {
    latest.current = person
    setShown(person)
  }
  const [clash, setClash] = useState<{ mine: Draft; theirs: Person } | null>(null)
  const save = async (draft: Draft, over: Person): Promise<void> => {
    const saved = await staff.change(over.id, wanted(draft, over.closed_at !== null), over.revision)
    refresh()
    announce(t('people.saved', { name: saved.name }))
    onClose()
  }
  const clashed = (mine: Draft): void => {
    void staff.read(base.id).then((theirs) => setClash({ mine, theirs }))
  }
  const sheet = useServerForm<Draft>(
    (draft) => {
      sent.current = draft
      return save(draft, latest.current)
    },
    FIELD_OF,
    (error) => {
      if (codeOf(error) !== 'changed_meanwhile') return false
      clashed(sent.current)
      return true
    },
  )
  const settle = (draft: Draft, theirs: Person): void => {
    sheet.form.setFieldsValue(draft)
    setBase(theirs)
    setClash(null)
  }
  return (
    <>
      {clash === null ? null : (
        <Conflict<Draft>
          mine={clash.mine}
          theirs={draftOf(clash.theirs)}
          fields={fields}
          isBusy={sheet.isBusy}
          onResolve={(draft) => {
            settle(draft, clash.theirs)
            void sheet.submit(draft)
          }}
          onTakeTheirs={() => settle(draftOf(clash.theirs), clash.theirs)}
        />
      )}
      {/* Stays there meanwhile: what was typed is kept. */}
      <div hidden={clash !== null}>
        <Account person={read} onChanged={setBase} />
        <PersonForm
          sheet={sheet}
          initial={draftOf(base)}
          isNew={false}
          hasNumber={base.place !== null}
          onFinish={(draft) => void sheet.submit(draft)}
        />
      </div>
    </>
  )
}

function Known({ id, onClose }: { id: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const person = useQuery({ queryKey: ['people', 'one', id], queryFn: () => staff.read(id), refetchInterval: 10_000 })
  return (
    <Drawer open onClose={onClose} title={person.data?.name ?? t('people.person')} size={WIDTH} destroyOnHidden data-testid="person-drawer">
      {person.isPending ? <Loading rows={8} /> : null}
      {person.isError ? <ErrorBox error={person.error} onRetry={() => void person.refetch()} /> : null}
      {person.data === undefined ? null : <Editor read={person.data} onClose={onClose} />}
    </Drawer>
  )
}

export function PersonDrawer({ id, onClose }: { id: string | null; onClose: () => void }): ReactElement {
  return id === null ? <Newcomer onClose={onClose} /> : <Known id={id} onClose={onClose} />
}

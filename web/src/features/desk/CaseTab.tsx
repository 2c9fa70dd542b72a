/**
 * 工单 beside the contact: what is open for whoever is on the line, and a new one that is filled in
 * as far as the desk knows. What is written is kept as the wrap-up is.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { deskCases, type DeskCases } from '@/api/deskCases'
import type { DeskContact } from '@/api/schema'
import { useMay } from '@/api/session'
import { useDraft } from '@/forms/draft'
import { beginCase, isWritten, type NewCaseFields } from '@/shared/cases/newCase'
import { NewCaseForm, type CaseMade } from '@/shared/cases/NewCaseForm'
import { useHelpKeys } from '@/ui/help'
import { Kbd } from '@/ui/Kbd'
import { useShortcuts } from '@/ui/shortcuts'
import { ErrorBox, Loading } from '@/ui/states'

import { LastContact, OpenCases } from './CaseList'
import { caseListKey, kindOf, rememberKind } from './caseDrafts'
import type { WrapUpFields } from './wrapUp'

const NEWER_EVERY_MS = 10_000
const NEW_KEYS = 'Alt+k'

export interface CaseTabProps {
  contact: DeskContact
  /** The wrap-up as it is being filled: its remark begins the content. */
  filling: WrapUpFields | null
}

interface WritingProps {
  contact: DeskContact
  /** What the server kept, or what is known. */
  initial: NewCaseFields
  onMade: (made: CaseMade) => void
  onClose: () => void
}

function Saved({ state }: { state: ReturnType<typeof useDraft>['saved'] }): ReactElement {
  const { t } = useTranslation()
  const isFailed = state === 'failed'
  return (
    <span className={isFailed ? 'over' : 'quiet'} role="status" data-testid="case-saved" data-saved={state}>
      {isFailed ? <span aria-hidden="true">● </span> : null}
      {isFailed ? t('deskcase.kept_here') : t(`draft.${state}`)}
    </span>
  )
}

function Writing({ contact, initial, onMade, onClose }: WritingProps): ReactElement {
  const { t } = useTranslation()
  const draft = useDraft<NewCaseFields>(`desk-case-${contact.id}`, initial, (fields) => deskCases.saveDraft(contact.id, { ...fields }))
  // The same sheet of paper, however often its button is pressed.
  const key = useRef(crypto.randomUUID())
  const putAway = async (): Promise<void> => {
    draft.done()
    onClose()
    await deskCases.dropDraft(contact.id).catch(() => undefined)
  }
  return (
    <div className="desk-case" data-testid="desk-case">
      <NewCaseForm
        fields={draft.value}
        onChange={draft.change}
        create={(wish) => deskCases.create(contact.id, wish, key.current)}
        onStored={() => {
          draft.done()
          rememberKind(contact.queue?.id, draft.value.kind)
        }}
        onMade={onMade}
        beside={
          <>
            <Button data-testid="desk-case-fold" onClick={onClose}>
              {t('deskcase.fold')}
            </Button>
            {isWritten(draft.value) ? (
              <Button data-testid="desk-case-forget" onClick={() => void putAway()}>
                {t('cases.forget')}
              </Button>
            ) : null}
            <Saved state={draft.saved} />
          </>
        }
      />
    </div>
  )
}

/** Waits for what the server kept: a draft from another computer is gone on with. */
function NewCase({ contact, filling, found, onMade, onClose }: CaseTabProps & { found: DeskCases | undefined; onMade: (made: CaseMade) => void; onClose: () => void }): ReactElement {
  const kept = useQuery({ queryKey: ['desk', 'case-draft', contact.id], queryFn: () => deskCases.draft(contact.id), gcTime: 0, retry: false })
  if (kept.isPending) return <Loading rows={3} />
  const known = beginCase({ contact: contact.id, customer: found?.customer ?? null, content: filling?.note ?? '', kind: kindOf(contact.queue?.id) })
  const left = kept.data?.fields ?? null
  // Without the server's copy the one in this browser is gone on with, or a new one begun.
  const initial = left === null ? known : beginCase(left as Partial<NewCaseFields>)
  return <Writing contact={contact} initial={initial} onMade={onMade} onClose={onClose} />
}

export function CaseTab({ contact, filling }: CaseTabProps): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const mayMake = useMay('cases.create')
  const [isOpen, setOpen] = useState(false)
  const [made, setMade] = useState<CaseMade | null>(null)
  const found = useQuery({ queryKey: caseListKey(contact.id), queryFn: () => deskCases.list(contact.id), refetchInterval: NEWER_EVERY_MS })
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: caseListKey(contact.id) })
  const begin = (): void => {
    setMade(null)
    setOpen(true)
  }
  useShortcuts({ [NEW_KEYS]: () => { if (mayMake) begin() } })
  useHelpKeys('cases', mayMake ? [{ keys: NEW_KEYS, does: t('cases.new') }, { keys: '$mod+s', does: t('cases.make') }] : [])
  const count = found.data?.cases.length
  return (
    <section className="panel stack" aria-label={t('deskcase.title')} data-testid="desk-cases">
      <div className="row">
        <h2 className="grow panel-title">
          {t('deskcase.title')} {count === undefined ? null : <span className="quiet">{t('deskcase.open', { count })}</span>}
        </h2>
        {mayMake ? (
          <Button size="small" type="primary" disabled={isOpen} aria-keyshortcuts="Alt+K" data-testid="desk-case-new" onClick={begin}>
            {t('cases.new')} <Kbd keys="Alt+K" />
          </Button>
        ) : null}
      </div>
      <LastContact contact={contact.id} />
      {found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {made === null ? null : (
        <p role="status" data-testid="desk-case-made">
          <span aria-hidden="true">✓ </span>
          <Link to={`/cases/${encodeURIComponent(made.id)}`}>{made.number}</Link> {t('deskcase.made')}
        </p>
      )}
      {isOpen && found.isPending ? <Loading rows={3} /> : null}
      {isOpen && !found.isPending ? (
        <NewCase
          contact={contact}
          filling={filling}
          found={found.data}
          onMade={(one) => {
            setMade(one)
            setOpen(false)
            void refresh()
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
      {found.data === undefined ? null : <OpenCases contact={contact.id} lines={found.data.cases} onChanged={refresh} />}
    </section>
  )
}

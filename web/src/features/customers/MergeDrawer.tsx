/** 合并: two customers side by side, which one stays, and what it will be. It can be taken back. */
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { Drawer, Radio } from 'antd'
import { useState, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { customers, type Customer } from '@/api/customers'
import { useZone } from '@/api/session'
import { ReasonForm } from '@/forms/ReasonForm'
import { AnswerWord } from '@/shared/customer/Consents'
import { pathOf } from '@/shared/customer/Customer360'
import { keyOf } from '@/shared/customer/known'
import { announce } from '@/ui/announce'
import { dateTime } from '@/ui/format'
import { codeOf, useProblemText } from '@/ui/problems'
import { ErrorBox, Loading } from '@/ui/states'

import { answers, FILLED, filled, gathered, proposed } from './merging'

const WIDTH = 760

const numbers = (customer: Customer): string[] => customer.numbers.map((each) => each.number)

interface PreviewProps {
  stays: Customer
  goes: Customer
}

function Preview({ stays, goes }: PreviewProps): ReactElement {
  const { t } = useTranslation()
  const sex = (value: string): string => (value === '' ? '' : t(`customers.sex.${value}`))
  const between = t('customers.between')
  const rows: { key: string; label: string; cells: [ReactNode, ReactNode, ReactNode] }[] = [
    ...FILLED.map((field) => {
      const show = (value: string): string => (field === 'sex' ? sex(value) : value) || '—'
      return { key: field, label: t(`customers.field.${field}`), cells: [show(stays.profile[field]), show(goes.profile[field]), show(filled(stays, goes, field))] as [string, string, string] }
    }),
    { key: 'numbers', label: t('customers.numbers'), cells: [numbers(stays).join(between) || '—', numbers(goes).join(between) || '—', gathered(numbers(stays), numbers(goes)).join(between) || '—'] },
    { key: 'tags', label: t('customers.field.tags'), cells: [stays.profile.tags.join(between) || '—', goes.profile.tags.join(between) || '—', gathered(stays.profile.tags, goes.profile.tags).join(between) || '—'] },
    ...answers(stays, goes).map(({ purpose, ...said }) => ({
      key: purpose,
      label: t(`customers.purpose.${purpose}`),
      cells: [<AnswerWord key="stays" answer={said.stays} />, <AnswerWord key="goes" answer={said.goes} />, <AnswerWord key="both" answer={said.both} />] as [ReactNode, ReactNode, ReactNode],
    })),
  ]
  const shown = rows.filter(({ cells }) => cells.some((cell) => cell !== '—'))
  return (
    // What scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll" tabIndex={0} role="region" aria-label={t('customers.merge_preview')}>
      <table className="grid customers-preview" data-testid="merge-preview">
        <thead>
          <tr>
            <th scope="col">{t('conflict.field')}</th>
            <th scope="col">{t('customers.merge_stays')}</th>
            <th scope="col">{t('customers.merge_goes')}</th>
            <th scope="col">{t('customers.merge_becomes')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ key, label, cells }) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              <td>{cells[0]}</td>
              <td>{cells[1]}</td>
              <td className="customers-becomes">{cells[2]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface MergeDrawerProps {
  pair: readonly [string, string]
  onClose: () => void
  onDone: () => void
}

export function MergeDrawer({ pair, onClose, onDone }: MergeDrawerProps): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const navigate = useNavigate()
  const textOf = useProblemText()
  const [chosen, setChosen] = useState<string | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const found = useQueries({ queries: pair.map((id) => ({ queryKey: keyOf(id), queryFn: () => customers.read(id) })) })
  const [one, other] = found.map((each) => each.data)
  const failed = found.find((each) => each.isError && each.data === undefined)
  const isThere = one !== undefined && other !== undefined
  const stays = isThere ? ([one, other].find((each) => each.id === chosen) ?? proposed(one, other)) : undefined
  const goes = isThere ? (stays === one ? other : one) : undefined
  const merge = async (reason: string): Promise<void> => {
    if (stays === undefined || goes === undefined) return
    setProblem(null)
    try {
      const after = await customers.merge(goes.id, stays.id, reason, stays.revision)
      await client.invalidateQueries({ queryKey: ['customers'] })
      announce(t('customers.merged_done'))
      onDone()
      void navigate(pathOf(after.id))
    } catch (error) {
      setProblem(error)
      // Somebody changed one of them: the preview is of what they are now.
      await Promise.all(pair.map((id) => client.invalidateQueries({ queryKey: keyOf(id) })))
    }
  }
  return (
    <Drawer open onClose={onClose} title={t('customers.merge_title')} size={WIDTH} destroyOnHidden data-testid="merge-drawer">
      {failed === undefined ? null : <ErrorBox error={failed.error} onRetry={() => void failed.refetch()} />}
      {!isThere && failed === undefined ? <Loading rows={8} /> : null}
      {stays === undefined || goes === undefined || one === undefined || other === undefined ? null : (
        <div className="stack">
          <p className="quiet customer-fact">{t('customers.merge_about')}</p>
          <div role="group" aria-label={t('customers.merge_which')}>
            <div className="customer-label">{t('customers.merge_which')}</div>
            <Radio.Group
              className="customers-which"
              value={stays.id}
              onChange={(event) => setChosen(event.target.value as string)}
              options={[one, other].map((each) => ({
                value: each.id,
                label: <span data-testid={`stays-${each.id}`}>{`${each.profile.name} · ${t('customers.since', { at: dateTime(each.created_at, i18n.language, zone) })}`}</span>,
              }))}
            />
          </div>
          <Preview stays={stays} goes={goes} />
          {problem === null ? null : (
            <div className="error-box edit-refusal" role="alert" data-testid="merge-problem">
              ■ {textOf(problem)} <code>{codeOf(problem)}</code>
            </div>
          )}
          <ReasonForm submitLabel={t('customers.merge')} onSubmit={merge} onCancel={onClose} />
        </div>
      )}
    </Drawer>
  )
}

/** 号码: what answers each, and a test call to it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Form, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'

import { listFilePath } from '@/api/exports'
import { setup } from '@/api/calls'
import { asNew, NOT_THERE_YET, routing, type NumberAnswered } from '@/api/routing'
import { useMay } from '@/api/session'
import { ListExport } from '@/ui/ExportMenu'
import { announce } from '@/ui/announce'
import { Conflict } from '@/ui/Conflict'
import { FormProblems } from '@/ui/FormField'
import { codeOf } from '@/ui/problems'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'
import { useServerForm } from '@/ui/useServerForm'

import { RemoveForm } from './InUse'
import { FRESH_MS, useFlowOptions, useQueueOptions } from './known'

const KEY = ['routing', 'numbers']

interface Wish {
  number: string
  /** `queue:sales` or `flow:welcome` */
  leads_to: string
}

function useTargets(): { label: string; options: { value: string; label: string }[] }[] {
  const { t } = useTranslation()
  const kinds = { flow: useFlowOptions(), queue: useQueueOptions() }
  return (['flow', 'queue'] as const).map((kind) => ({
    label: t(`routing.way.${kind}`),
    options: kinds[kind].map((each) => ({ value: `${kind}:${each.value}`, label: t(`routing.place.${kind}`, { name: each.label }) })),
  }))
}

const leadsTo = (number: NumberAnswered): string => (number.flow === null ? `queue:${number.queue ?? ''}` : `flow:${number.flow}`)

function NumberForm({ number, onDone }: { number: NumberAnswered | null; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const targets = useTargets()
  const [theirs, setTheirs] = useState<NumberAnswered | null>(null)
  const [mine, setMine] = useState('')
  // Somebody else bound the number anew: read who answers now, and let the person choose.
  const overtaken = (error: unknown): boolean => {
    if (codeOf(error) !== 'changed_meanwhile') return false
    void client.fetchQuery({ queryKey: KEY, queryFn: routing.numbers }).then((all) => setTheirs(all.find((each) => each.number === number?.number) ?? null))
    return true
  }
  const { form, isBusy, problems, submit, go } = useServerForm<Wish>(async (wish) => {
    setMine(wish.leads_to)
    const [kind, ...rest] = wish.leads_to.split(':')
    const to = rest.join(':')
    const target = { flow: kind === 'flow' ? to : null, queue: kind === 'queue' ? to : null }
    if (number === null) await asNew(routing.putNumber(wish.number.trim(), target, NOT_THERE_YET))
    else await routing.putNumber(number.number, target, theirs?.revision ?? number.revision)
    await client.invalidateQueries({ queryKey: ['routing'] })
    announce(t('routing.saved'))
    onDone()
  }, { already_there: 'number' }, overtaken)
  const nameOf = (target: string): string => targets.flatMap((group) => group.options).find((each) => each.value === target)?.label ?? target
  if (theirs !== null && number !== null) {
    return (
      <Conflict<Wish> mine={{ number: number.number, leads_to: mine }} theirs={{ number: number.number, leads_to: leadsTo(theirs) }} isBusy={isBusy}
        fields={[{ key: 'leads_to', label: t('routing.column.leads_to'), show: (version) => nameOf(version.leads_to) }]}
        onResolve={(version) => void submit(version)} onTakeTheirs={onDone} />
    )
  }
  return (
    <Form<Wish> form={form} layout="vertical" initialValues={{ number: number?.number ?? '', ...(number === null ? {} : { leads_to: leadsTo(number) }) }} onFinish={(wish) => void submit(wish)}>
      <FormProblems problems={problems} onGo={go} />
      <Form.Item name="number" label={t('routing.column.number')} extra={t('routing.number_about')} rules={[{ required: true, pattern: /^[0-9A-Za-z+*#@._:-]{1,80}$/, message: t('routing.number_wrong') }]}>
        <Input maxLength={80} disabled={number !== null} autoFocus={number === null} data-testid="number-number" />
      </Form.Item>
      <Form.Item name="leads_to" label={t('routing.column.leads_to')} extra={t('routing.leads_to_about')} rules={[{ required: true, message: t('routing.required') }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={targets} data-testid="number-leads-to" />
      </Form.Item>
      <div className="row">
        <Button type="primary" htmlType="submit" loading={isBusy} data-testid="number-save">{t('routing.save')}</Button>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
      </div>
    </Form>
  )
}

/** The system calls the number as a customer; what became of it is in the call's record. */
function TestCall({ number }: { number: string }): ReactElement {
  const { t } = useTranslation()
  const [call, setCall] = useState<string | null>(null)
  const [press, setPress] = useState('')
  const start = useCommand(async () => setCall((await setup.testCall({ number, press })).call))
  return (
    <div className="stack">
      <p className="quiet">{t('routing.test_about', { number })}</p>
      <label htmlFor="test-press">{t('routing.test_press')}</label>
      <Input id="test-press" inputMode="numeric" maxLength={8} value={press} data-testid="test-press" onChange={(event) => setPress(event.target.value.replace(/[^0-9*#]/g, ''))} />
      <Button type="primary" loading={start.isBusy} data-testid="test-start" onClick={() => void start.run()}>{t('routing.test_start')}</Button>
      {call === null ? null : <p role="status" data-testid="test-call">● {t('routing.test_arrived')} <Link to={`/records/${encodeURIComponent(call)}`}>{t('routing.test_record')}</Link></p>}
    </div>
  )
}

type Open = { do: 'new' } | { do: 'edit' | 'test' | 'delete'; number: NumberAnswered }

export function NumbersTab(): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [search] = useSearchParams()
  const [open, setOpen] = useState<Open | null>(search.get('new') === 'number' ? { do: 'new' } : null)
  const mayCall = useMay('test_call')
  const numbers = useQuery({ queryKey: KEY, queryFn: routing.numbers, refetchInterval: FRESH_MS })
  const names = new Map(useTargets().flatMap((group) => group.options.map((each) => [each.value, each.label])))
  const close = (): void => setOpen(null)
  const act = (what: 'edit' | 'test' | 'delete', number: NumberAnswered): ReactElement => (
    <Button size="small" data-testid={`number-${what}-${number.number}`} aria-label={t(`routing.number_${what}_of`, { number: number.number })} onClick={() => setOpen({ do: what, number })}>{t(`routing.${what}`)}</Button>
  )
  return (
    <div className="stack">
      <div className="row">
        <span className="grow quiet">{t('routing.numbers_about')}</span>
        <ListExport pathOf={listFilePath('numbers')} />
        <Button type="primary" data-testid="number-new" onClick={() => setOpen({ do: 'new' })}>{t('routing.new_number')}</Button>
      </div>
      {numbers.isPending ? <Loading /> : numbers.isError ? <ErrorBox error={numbers.error} onRetry={() => void numbers.refetch()} /> : numbers.data.length === 0 ? (
        <EmptyState title={t('routing.numbers_none')} why={t('routing.numbers_none_why')} />
      ) : (
        <div className="scroll">
          <table className="grid" aria-label={t('routing.tab.numbers')}>
            <thead><tr>{['number', 'leads_to', 'act'].map((name) => <th key={name} scope="col">{t(`routing.column.${name}`)}</th>)}</tr></thead>
            <tbody>
              {numbers.data.map((number) => (
                <tr key={number.number} data-testid={`number-${number.number}`}>
                  <th scope="row" className="figure">{number.number}</th>
                  <td>{names.get(leadsTo(number)) ?? leadsTo(number)}</td>
                  <td><span className="row">{mayCall ? act('test', number) : null}{act('edit', number)}{act('delete', number)}</span></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Drawer title={open === null ? '' : t(open.do === 'new' ? 'routing.new_number' : `routing.number_${open.do}_of`, { number: open.do === 'new' ? '' : open.number.number })} open={open !== null} onClose={close} destroyOnHidden>
        {open === null ? null : open.do === 'test' ? <TestCall number={open.number.number} /> : open.do === 'delete' ? (
          <RemoveForm question={t('routing.number_delete_what', { number: open.number.number })} onCancel={close}
            onRemove={() => routing.removeNumber(open.number.number, open.number.revision)} onDone={() => { close(); void client.invalidateQueries({ queryKey: ['routing', 'numbers'] }) }} />
        ) : <NumberForm number={open.do === 'edit' ? open.number : null} onDone={close} />}
      </Drawer>
    </div>
  )
}

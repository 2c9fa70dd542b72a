/** 我的待办: messages that I took and have not heard, and who of my queues is to be called back. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { callbacks } from '@/api/callbacks'
import { records } from '@/api/calls'
import { calling, todos, type CallbackRow, type LeftMessage } from '@/api/handing'
import type { DeskView } from '@/api/schema'
import { useMay, useZone } from '@/api/session'
import { useNow } from '@/live/hooks'
import { NotCalled } from '@/shared/customer/NotCalled'
import { Timer } from '@/ui/clock'
import { duration, nameIn, shortDateTime } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { useWhyNot } from './actions'
import { openPromise } from './panel'

const NEWER_EVERY_MS = 10_000
const MESSAGES = ['desk', 'messages']
const CALLBACKS = ['desk', 'callbacks']

function Message({ message, view }: { message: LeftMessage; view: DeskView }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const mayReveal = useMay('records.reveal')
  const whyNotCall = useWhyNot(view)('call')
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: MESSAGES })
  const heard = useCommand(async () => {
    await todos.markHeard(message.contact, true)
    await again()
  })
  const call = useCommand(async () => {
    const { number } = await records.reveal(message.contact)
    await calling.number(number, message.queue)
  })
  return (
    <li className="todo todo-tall" data-testid={`message-${message.contact}`}>
      <span className="grow">
        {message.name || t('desk.unknown_caller')} <span className="figure">{message.number}</span>
        <br />
        <span className="quiet">
          {shortDateTime(message.left_at, i18n.language, zone)} · {message.duration_ms === null ? '—' : duration(message.duration_ms)}
        </span>
      </span>
      {/* What is said stands in writing where a transcript came. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <audio controls preload="none" src={todos.soundPath(message.contact)} aria-label={t('todo.message')} onEnded={() => void again()} />
      {message.transcript ? <p className="todo-words">{message.transcript}</p> : null}
      <span className="row">
        {mayReveal ? (
          <Button size="small" loading={call.isBusy} disabled={whyNotCall !== null} title={whyNotCall ?? undefined} onClick={() => void call.run()}>
            {t('todo.call_back')}
          </Button>
        ) : null}
        <Button size="small" loading={heard.isBusy} data-testid={`message-heard-${message.contact}`} onClick={() => void heard.run()}>
          {t('todo.heard')}
        </Button>
      </span>
    </li>
  )
}

function Callback({ callback }: { callback: CallbackRow }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const cancel = useCommand(async () => {
    await todos.cancelCallback(callback.id)
    await client.invalidateQueries({ queryKey: CALLBACKS })
  })
  const isLate = useNow() > (callback.until ?? Infinity)
  const known = new Set(['planned', 'waiting', 'offered', 'dialling', 'talking'])
  return (
    <li className="todo" data-testid={`callback-${callback.id}`}>
      <span className="grow">
        <span className="figure">{callback.number}</span> · {nameIn(i18n.language, callback.queue)}
        <br />
        <span className="quiet">
          {t(`callback.${known.has(callback.phase) ? callback.phase : 'talking'}`)}{' '}
          {callback.due === null ? <Timer since={callback.since} /> : shortDateTime(callback.due, i18n.language, zone)}
          {callback.promised_by === null ? null : ` · ${t('promise.by', { who: callback.promised_by })}`}
        </span>
        {callback.until === null ? null : (
          <>
            <br />
            <span className={isLate ? 'over' : 'quiet'}>
              {isLate ? '▲ ' : ''}
              {t('promise.until_at', { at: shortDateTime(callback.until, i18n.language, zone) })}
            </span>
          </>
        )}
        {callback.do_not_call === null ? null : <br />}
        <NotCalled why={callback.do_not_call} />
        {callback.remark === '' ? null : <p className="todo-words">{callback.remark}</p>}
      </span>
      {callback.phase === 'planned' || callback.phase === 'waiting' ? (
        <Popconfirm title={t('todo.cancel_ask')} okText={t('todo.cancel')} cancelText={t('common.cancel')} onConfirm={() => void cancel.run()}>
          <Button size="small" loading={cancel.isBusy} data-testid={`callback-cancel-${callback.id}`}>
            {t('todo.cancel')}
          </Button>
        </Popconfirm>
      ) : null}
    </li>
  )
}

function Messages({ view }: { view: DeskView }): ReactElement | null {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: MESSAGES, queryFn: todos.messages, refetchInterval: NEWER_EVERY_MS })
  if (found.isPending) return <Loading />
  if (found.isError) return <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
  return (
    <>
      <h3>{t('todo.messages', { count: found.data.length })}</h3>
      {found.data.length === 0 ? <p className="quiet">{t('todo.no_messages')}</p> : null}
      <ul className="todos">
        {found.data.map((message) => (
          <Message key={message.contact} message={message} view={view} />
        ))}
      </ul>
    </>
  )
}

function Callbacks(): ReactElement | null {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: CALLBACKS, queryFn: todos.callbacks, refetchInterval: NEWER_EVERY_MS })
  if (found.isPending) return <Loading />
  if (found.isError) return <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
  return (
    <>
      <div className="row">
        <h3 className="grow">{t('todo.callbacks', { count: found.data.length })}</h3>
        <Button size="small" data-testid="promise-open" onClick={() => openPromise(null)}>
          {t('promise.open')}
        </Button>
      </div>
      {found.data.length === 0 ? <p className="quiet">{t('todo.no_callbacks')}</p> : null}
      <ul className="todos">
        {found.data.map((callback) => (
          <Callback key={callback.id} callback={callback} />
        ))}
      </ul>
    </>
  )
}

/** 回访: work orders whose customers I am to call back. */
function CaseCallbacks(): ReactElement | null {
  const { t } = useTranslation()
  const isMine = useMay('cases.call_back')
  const found = useQuery({ queryKey: ['case-callbacks', 'counts'], queryFn: callbacks.counts, enabled: isMine, refetchInterval: NEWER_EVERY_MS })
  if (found.data === undefined || found.data.mine === 0) return null
  return (
    <div className="row" data-testid="case-callbacks">
      <h3 className="grow">{t('todo.case_callbacks', { count: found.data.mine })}</h3>
      <Link to="/callbacks">{t('todo.case_callbacks_open')}</Link>
    </div>
  )
}

export function Todos({ view }: { view: DeskView }): ReactElement {
  const { t } = useTranslation()
  return (
    <section className="panel todo-panel" aria-label={t('todo.title')} data-testid="todos">
      <h2>{t('todo.title')}</h2>
      <Messages view={view} />
      <Callbacks />
      <CaseCallbacks />
    </section>
  )
}

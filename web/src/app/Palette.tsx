/** Ctrl+K: pages, queues, agents, contacts, customers and work orders, by keyboard alone. */
import { SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Drawer, Input, type InputRef } from 'antd'
import { useDeferredValue, useId, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { own, type Found } from '@/api/own'
import type { Me } from '@/api/schema'
import { may, useZone } from '@/api/session'
import { nameIn, shortDateTime } from '@/ui/format'
import { useProblemText } from '@/ui/problems'

import { navFor } from './nav'

interface Hit {
  to: string
  kind: string
  text: string
  more?: string
}

const NOTHING: Found = { queues: [], agents: [], contacts: [], customers: [], cases: [] }

/** Pages of the menu by a part of their name, then what the server found. */
function useHits(me: Me, typed: string, found: Found): Hit[] {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const words = typed.trim().toLowerCase()
  const pages: Hit[] = navFor(me)
    .flatMap((item) =>
      item.tabs.map((tab) => ({
        to: tab.path,
        kind: t('palette.page'),
        text: item.tabs.length < 2 ? t(item.labelKey) : `${t(item.labelKey)} · ${t(tab.labelKey)}`,
      })),
    )
    .filter((hit) => hit.text.toLowerCase().includes(words))
  const people = found.customers.map((customer) => ({
    to: `/customers/${encodeURIComponent(customer.id)}`,
    kind: t('palette.customer'),
    text: [customer.name, customer.company].filter((part) => part !== '').join(' · '),
    more: customer.number,
  }))
  const orders = found.cases.map((order) => ({
    to: `/cases/${encodeURIComponent(order.id)}`,
    kind: t('palette.case'),
    text: order.title,
    more: order.number,
  }))
  if (!may(me, 'records.read')) return [...pages, ...people, ...orders]
  return [
    ...pages,
    ...people,
    ...orders,
    ...found.queues.map((queue) => ({
      to: `/records?queue=${encodeURIComponent(queue.id)}`,
      kind: t('palette.queue'),
      text: nameIn(i18n.language, queue),
      more: t('palette.records_of'),
    })),
    ...found.agents.map((agent) => ({
      to: `/records?agent=${encodeURIComponent(agent.no)}`,
      kind: t('palette.agent'),
      text: `${agent.no} ${agent.name}`,
      more: t('palette.records_of'),
    })),
    ...found.contacts.map((contact) => ({
      to: `/records/${encodeURIComponent(contact.id)}`,
      kind: t('palette.contact'),
      text: contact.number || contact.id,
      more: shortDateTime(contact.arrived_at, i18n.language, zone),
    })),
  ]
}

function Hits({ hits, chosen, id, onGo }: { hits: readonly Hit[]; chosen: number; id: string; onGo: (hit: Hit) => void }): ReactElement {
  return (
    <div role="listbox" id={id} className="palette-hits" aria-label="Ctrl+K">
      {hits.map((hit, index) => (
        // Chosen from the field above by its arrows; the pointer may do the same.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={hit.to + hit.text}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onClick={() => onGo(hit)}
        >
          <span className="quiet palette-kind">{hit.kind}</span>
          <span className="grow">{hit.text}</span>
          <span className="quiet">{hit.more}</span>
        </div>
      ))}
    </div>
  )
}

export function Palette({ me, onClose }: { me: Me; onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const textOf = useProblemText()
  const id = useId()
  const field = useRef<InputRef>(null)
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const asked = useDeferredValue(typed.trim())
  const answer = useQuery({
    queryKey: ['search', asked],
    queryFn: ({ signal }) => own.search(asked, signal),
    enabled: asked.length > 0,
    placeholderData: (before) => before,
  })
  const hits = useHits(me, typed, asked === '' ? NOTHING : (answer.data ?? NOTHING))
  const go = (hit: Hit | undefined): void => {
    if (hit === undefined) return
    onClose()
    void navigate(hit.to)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && hits.length > 0) setChosen((now) => (now + step + hits.length) % hits.length)
    else if (event.key === 'Enter') go(hits[chosen])
    else return
    event.preventDefault()
  }
  return (
    <Drawer
      open
      placement="top"
      size="auto"
      onClose={onClose}
      afterOpenChange={(isOpen) => (isOpen ? field.current?.focus() : undefined)}
      title={t('palette.title')}
      className="palette"
      data-testid="palette"
    >
      <Input
        ref={field}
        prefix={<SearchOutlined />}
        value={typed}
        placeholder={t('palette.hint')}
        aria-label={t('palette.title')}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={id}
        aria-activedescendant={hits.length > 0 ? `${id}-${chosen}` : undefined}
        data-testid="palette-field"
        onKeyDown={press}
        onChange={(event) => {
          setTyped(event.target.value)
          setChosen(0)
        }}
      />
      {answer.isError ? <p role="alert">{textOf(answer.error)}</p> : null}
      {hits.length > 0 ? <Hits hits={hits} chosen={chosen} id={id} onGo={go} /> : null}
      {hits.length === 0 && !answer.isFetching ? <p className="quiet">{t('palette.nothing')}</p> : null}
    </Drawer>
  )
}

/**
 * Serves the pages of one browser from one connection. Lists are flushed every 250 ms, a person's
 * own row and the state of the system at once. A tab is beaten for only while it answers: the hub
 * asks each page to show that it is alive, so a tab that froze or died stops counting as present.
 */
import { Connection, type OpenSocket } from './connection'
import type { Change, HubMessage, LinkState, PageMessage, Port } from './protocol'
import { merge } from './topics'

export const FLUSH_MS = 250
export const PING_MS = 3_000
/** A page silent for longer does not count as alive. */
export const ALIVE_MS = 9_000
/** A page silent for longer is forgotten with its topics. */
export const GONE_MS = 120_000
const AT_ONCE = new Set(['me', 'system'])

interface Page {
  port: Port
  session: string
  topics: Set<string>
  isBeating: boolean
  isOpen: boolean
  heard: number
  pending: Map<string, Change>
}

export class Hub {
  readonly #pages = new Set<Page>()
  readonly #connection: Connection
  #since = Date.now()
  #flush: ReturnType<typeof setTimeout> | undefined
  #asking: ReturnType<typeof setInterval> | undefined

  constructor(openSocket?: OpenSocket) {
    this.#connection = new Connection(
      {
        changed: (change) => this.#changed(change),
        link: (state) => this.#link(state),
        ticked: (offset, at) => this.#tell({ kind: 'tick', offset, at, heard: Date.now() }),
        woke: () => this.#tell({ kind: 'woke' }),
      },
      () => this.#sessionsAlive(),
      openSocket,
    )
  }

  attach(port: Port): void {
    const page: Page = {
      port,
      session: '',
      topics: new Set(),
      isBeating: false,
      isOpen: false,
      heard: Date.now(),
      pending: new Map(),
    }
    this.#pages.add(page)
    port.onmessage = (event: MessageEvent) => this.#hear(page, event.data as PageMessage)
    this.#asking ??= setInterval(() => this.#askPages(), PING_MS)
  }

  #hear(page: Page, message: PageMessage): void {
    page.heard = Date.now()
    switch (message.kind) {
      case 'open':
        page.session = message.session
        page.isOpen = true
        this.#connection.open(message.url)
        page.port.postMessage(this.#linkMessage())
        break
      case 'topics':
        this.#subscribe(page, message.topics)
        break
      case 'beating':
        page.isBeating = message.beating
        if (message.beating) this.#connection.beat()
        break
      case 'reconnect':
        this.#connection.reconnect()
        break
      case 'close':
        page.isOpen = false
        page.isBeating = false
        // Signing out ends the session of the whole browser.
        this.#connection.close()
        this.#tellOthers(page)
        break
      case 'renew':
        this.#connection.close()
        this.#connection.open(message.url)
        this.#connection.want(this.#wanted())
        this.#tellOthers(page)
        break
      case 'bye':
        this.#forget(page)
        break
      case 'pong':
        break
    }
  }

  #subscribe(page: Page, topics: string[]): void {
    const before = page.topics
    page.topics = new Set(topics)
    this.#connection.want(this.#wanted())
    for (const topic of page.topics) {
      const known = before.has(topic) ? null : this.#connection.book.whole(topic)
      if (known !== null) page.port.postMessage({ kind: 'change', change: known } satisfies HubMessage)
    }
  }

  #wanted(): Set<string> {
    return new Set([...this.#pages].flatMap((page) => [...page.topics]))
  }

  #sessionsAlive(): string[] {
    const now = Date.now()
    const alive = [...this.#pages].filter((page) => page.isBeating && now - page.heard < ALIVE_MS)
    return [...new Set(alive.map((page) => page.session))]
  }

  #askPages(): void {
    const now = Date.now()
    for (const page of this.#pages) {
      if (now - page.heard > GONE_MS) this.#forget(page)
      else page.port.postMessage({ kind: 'ping' } satisfies HubMessage)
    }
  }

  #forget(page: Page): void {
    this.#pages.delete(page)
    this.#connection.want(this.#wanted())
    if (this.#pages.size === 0) this.#connection.close()
  }

  #changed(change: Change): void {
    for (const page of this.#pages) {
      if (!page.topics.has(change.topic)) continue
      if (AT_ONCE.has(change.topic)) page.port.postMessage({ kind: 'change', change } satisfies HubMessage)
      else page.pending.set(change.topic, merge(page.pending.get(change.topic), change))
    }
    this.#flush ??= setTimeout(() => this.#flushAll(), FLUSH_MS)
  }

  #flushAll(): void {
    this.#flush = undefined
    for (const page of this.#pages) {
      for (const change of page.pending.values()) {
        page.port.postMessage({ kind: 'change', change } satisfies HubMessage)
      }
      page.pending.clear()
    }
  }

  #tellOthers(page: Page): void {
    for (const other of this.#pages) {
      if (other !== page && other.isOpen) other.port.postMessage({ kind: 'renewed' } satisfies HubMessage)
    }
  }

  #linkMessage(): HubMessage {
    return { kind: 'link', state: this.#connection.state, since: this.#since }
  }

  #link(_state: LinkState): void {
    this.#since = Date.now()
    this.#tell(this.#linkMessage())
  }

  #tell(message: HubMessage): void {
    for (const page of this.#pages) if (page.isOpen) page.port.postMessage(message)
  }
}

/**
 * One WebSocket to the server that stays: it comes back for ever with jitter, resumes by sequence
 * number, beats for the tabs that are alive, estimates the server's clock, and notices that the
 * machine slept.
 */
import type { Change, ClientMessage, LinkState, ServerMessage } from './protocol'
import { TopicBook } from './topics'

export const BEAT_MS = 3_000
export const SILENCE_MS = 5_000
export const SLEPT_MS = 5_000
export const LONGEST_PAUSE_MS = 10_000
const FIRST_PAUSE_MS = 400
const SAMPLES = 8

export interface Listener {
  changed(change: Change): void
  link(state: LinkState): void
  ticked(offset: number, at: number): void
  woke(): void
}
export type OpenSocket = (url: string) => WebSocket

export class Connection {
  readonly book = new TopicBook()
  state: LinkState = 'closed'
  readonly #listener: Listener
  readonly #openSocket: OpenSocket
  readonly #beats: () => string[]
  #url: string | null = null
  #socket: WebSocket | null = null
  #retry: ReturnType<typeof setTimeout> | undefined
  #pulse: ReturnType<typeof setInterval> | undefined
  #attempts = 0
  #heard = 0
  #beatAt = 0
  #pulsedAt = 0
  #offsets: number[] = []

  /** `beats` names the sessions to beat for at this moment. */
  constructor(listener: Listener, beats: () => string[], openSocket: OpenSocket = (url) => new WebSocket(url)) {
    this.#listener = listener
    this.#beats = beats
    this.#openSocket = openSocket
  }

  open(url: string): void {
    if (this.#url === url && this.state !== 'closed') return
    this.close()
    this.#url = url
    this.#pulsedAt = Date.now()
    this.#pulse = setInterval(() => this.#onPulse(), 1_000)
    this.#connect()
  }

  close(): void {
    this.#url = null
    clearInterval(this.#pulse)
    clearTimeout(this.#retry)
    this.#drop()
    this.book.want([])
    this.#offsets = []
    this.#become('closed')
  }

  /** Drop the socket, if any, and connect at once (after sleep, or when the network came back). */
  reconnect(): void {
    if (this.#url === null) return
    clearTimeout(this.#retry)
    this.#drop()
    this.#become('lost')
    this.#attempts = 0
    this.#connect()
  }

  want(topics: Iterable<string>): string[] {
    const before = Object.keys(this.book.positions()).length
    const fresh = this.book.want(topics)
    const after = Object.keys(this.book.positions()).length
    if (fresh.length > 0 || after !== before) this.#subscribe()
    return fresh
  }

  /** Beat now, not only at the next turn: a tab has just become the one with the phone. */
  beat(): void {
    this.#beatAt = Date.now()
    for (const session of this.#beats()) this.#send({ op: 'beat', session })
  }

  #connect(): void {
    if (this.#url === null) return
    if (this.state !== 'lost') this.#become('connecting')
    const socket = this.#openSocket(this.#url)
    this.#socket = socket
    this.#heard = Date.now()
    socket.onopen = () => {
      this.#attempts = 0
      this.#heard = Date.now()
      this.#become('open')
      this.#subscribe()
      this.beat()
    }
    socket.onmessage = (event: MessageEvent) => this.#receive(String(event.data))
    socket.onclose = () => {
      if (this.#socket !== socket) return
      this.#socket = null
      this.#become('lost')
      this.#retryLater()
    }
  }

  /** Waits longer each time, and never the same time as others, so that a restart is not a stampede. */
  #retryLater(): void {
    const ceiling = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#attempts)
    this.#attempts += 1
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.#connect(), ceiling / 2 + Math.random() * (ceiling / 2))
  }

  #drop(): void {
    const socket = this.#socket
    this.#socket = null
    if (socket === null) return
    socket.onopen = null
    socket.onmessage = null
    socket.onclose = null
    socket.close()
  }

  #become(state: LinkState): void {
    if (this.state === state) return
    this.state = state
    this.#listener.link(state)
  }

  /** The server takes each subscription as the whole wish: these topics and no others. */
  #subscribe(): void {
    this.#send({ op: 'sub', topics: this.book.positions() })
  }

  #send(message: ClientMessage): void {
    if (this.#socket !== null && this.#socket.readyState === 1) this.#socket.send(JSON.stringify(message))
  }

  #receive(text: string): void {
    this.#heard = Date.now()
    const message = JSON.parse(text) as ServerMessage
    if (message.t === 'tick') {
      this.#listener.ticked(this.#clock((message as { at: number }).at), (message as { at: number }).at)
      return
    }
    if (!('k' in message)) return
    const received = this.book.receive(message)
    if (received === null) return
    if ('gap' in received) this.#subscribe()
    else this.#listener.changed(received.change)
  }

  /** Server clock minus ours: the sample that travelled fastest is the truest. */
  #clock(at: number): number {
    this.#offsets = [...this.#offsets.slice(1 - SAMPLES), at - Date.now()]
    return Math.max(...this.#offsets)
  }

  #onPulse(): void {
    const now = Date.now()
    const slept = now - this.#pulsedAt > SLEPT_MS
    this.#pulsedAt = now
    if (slept) {
      this.#offsets = []
      this.#listener.woke()
      this.reconnect()
      return
    }
    if (this.state === 'open' && now - this.#heard > SILENCE_MS) {
      this.reconnect()
      return
    }
    if (now - this.#beatAt >= BEAT_MS - 50) this.beat()
  }
}

/** The page's end of the live link: opens it in a SharedWorker, else a Worker, else right here. */
import { setClockOffset } from './clock'
import { Hub } from './hub'
import type { HubMessage, PageMessage, Port } from './protocol'
import { applyChange, forgetEverything, forgetTopic, useLive } from './store'

export interface LinkEvents {
  /** The machine slept: everything must be connected and fetched anew. */
  woke(): void
  /** Another tab of this browser signed in or out. */
  renewed(): void
  /** The connection came back after a loss. */
  returned(): void
}

let port: Port | null = null
let isLost = false
let isBeating = false
const counts = new Map<string, number>()
const listeners = new Set<LinkEvents>()

function direct(): Port {
  const channel = new MessageChannel()
  new Hub().attach(channel.port1)
  return channel.port2
}

function openPort(): Port {
  try {
    if (typeof SharedWorker !== 'undefined') {
      const worker = new SharedWorker(new URL('./shared.worker.ts', import.meta.url), { type: 'module' })
      return worker.port
    }
    if (typeof Worker !== 'undefined') {
      return new Worker(new URL('./own.worker.ts', import.meta.url), { type: 'module' }) as unknown as Port
    }
  } catch {
    // A browser that refuses workers still gets the link, without the protection from throttling.
    return direct()
  }
  return direct()
}

function send(message: PageMessage): void {
  port?.postMessage(message)
}

function hear(message: HubMessage): void {
  switch (message.kind) {
    case 'change':
      applyChange(message.change)
      break
    case 'tick':
      setClockOffset(message.offset)
      useLive.setState({ heard: message.heard, tick: message.at })
      break
    case 'link':
      useLive.setState({ link: message.state, linkSince: message.since })
      if (message.state === 'lost') isLost = true
      if (message.state === 'open' && isLost) {
        isLost = false
        for (const listener of listeners) listener.returned()
      }
      break
    case 'woke':
      for (const listener of listeners) listener.woke()
      break
    case 'renewed':
      for (const listener of listeners) listener.renewed()
      break
    case 'ping':
      send({ kind: 'pong' })
      break
  }
}

/** Where the live WebSocket of this page's server is. */
export function liveUrl(location: Location = window.location): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/live`
}

/** A person has signed in: what the link still has belongs to the session before. */
export function renewLink(): void {
  ensurePort()
  forgetEverything()
  send({ kind: 'renew', url: liveUrl() })
}

/** Open the link for a signed-in person. `session` names this tab. */
export function openLink(session: string): void {
  ensurePort()
  send({ kind: 'open', url: liveUrl(), session })
  send({ kind: 'topics', topics: [...counts.keys()] })
  send({ kind: 'beating', beating: isBeating })
}

function ensurePort(): void {
  if (port === null) {
    port = openPort()
    port.onmessage = (event: MessageEvent) => hear(event.data as HubMessage)
    window.addEventListener('pagehide', () => send({ kind: 'bye' }))
    window.addEventListener('online', () => send({ kind: 'reconnect' }))
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) window.location.reload()
    })
  }
}

export function closeLink(): void {
  send({ kind: 'close' })
  isLost = false
  forgetEverything()
}

/** Beat for this tab, or no longer: only the tab with the phone is the agent's presence. */
export function setBeating(beating: boolean): void {
  isBeating = beating
  send({ kind: 'beating', beating })
}

/** Keep a topic subscribed until the returned function is called. */
export function subscribe(topic: string): () => void {
  counts.set(topic, (counts.get(topic) ?? 0) + 1)
  if (counts.get(topic) === 1) send({ kind: 'topics', topics: [...counts.keys()] })
  return () => {
    const left = (counts.get(topic) ?? 1) - 1
    if (left > 0) {
      counts.set(topic, left)
      return
    }
    counts.delete(topic)
    send({ kind: 'topics', topics: [...counts.keys()] })
    forgetTopic(topic)
  }
}

export function onLink(events: LinkEvents): () => void {
  listeners.add(events)
  return () => {
    listeners.delete(events)
  }
}

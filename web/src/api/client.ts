/**
 * One door to the HTTP interface: adds the CSRF token and an idempotency key, turns a refusal into
 * `ApiProblem`, and tells whether the server could be reached at all.
 */
import type { Problem } from './schema'

/** The server said no. `code` is stable and keys the text a person reads. */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly facts: Record<string, unknown>

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.code)
    this.name = 'ApiProblem'
    this.code = problem.code
    this.status = status
    this.facts = problem.facts ?? {}
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export interface Asked {
  body?: unknown
  /** A document in place of a body, sent as it is. */
  content?: Blob
  query?: Record<string, string | number | boolean | null | undefined>
  /** Same key = same effect, however often it is sent. Made here when not given. */
  key?: string
  /** The revision that was read: somebody else's change since then refuses this one. */
  match?: string
  signal?: AbortSignal
}

const ATTEMPTS = 2
/** A server that has just begun refuses without having done anything; so long is waited before each next time. */
const STARTING_WAITS_MS = [250, 500, 1_000, 2_000, 4_000]
/** These take an idempotency key, so sending one again has no second effect. */
const REPEATABLE = /^\/(desk|agents)\b/

/** The identity of this tab on the desk, sent with every desk request. */
let deskSession = ''
let csrf = ''
let whenUnauthorised: () => void = () => undefined

/** Remember the token of the signed-in session (`Me.csrf`). */
export function rememberCsrf(token: string): void {
  csrf = token
}
export function currentCsrf(): string {
  return csrf
}
export function nameDeskSession(session: string): void {
  deskSession = session
}
/** Called when the server no longer knows the session. */
export function onUnauthorised(listener: () => void): void {
  whenUnauthorised = listener
}

/** A path below `/api` with its query, leaving out what is empty. */
export function apiPath(path: string, query: Asked['query'] = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return `/api${path}${text === '' ? '' : `?${text}`}`
}

/** A name for one wish. `crypto.randomUUID` exists on secure pages only; a board on plain HTTP asks too. */
function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function headersFor(method: Method, asked: Asked): Headers {
  const headers = new Headers({ Accept: 'application/json' })
  if (asked.body !== undefined) headers.set('Content-Type', 'application/json')
  if (asked.content !== undefined) headers.set('Content-Type', asked.content.type)
  if (method !== 'GET') {
    headers.set('X-CSRF-Token', csrf)
    headers.set('Idempotency-Key', asked.key ?? freshKey())
  }
  if (asked.match !== undefined) headers.set('If-Match', `"${asked.match}"`)
  if (deskSession !== '') headers.set('X-Desk-Session', deskSession)
  return headers
}

/** The problem a failed answer carries, or one named after its status. */
async function problemOf(answer: Response): Promise<Problem> {
  const text = await answer.text()
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null && 'code' in parsed) return parsed as Problem
    return { code: `http_${answer.status}` }
  } catch {
    return { code: `http_${answer.status}` }
  }
}

async function attempt(url: string, request: RequestInit, attempts: number): Promise<Response> {
  try {
    return await fetch(url, request)
  } catch (error) {
    if (request.signal?.aborted === true) throw error
    if (attempts > 1) return attempt(url, request, attempts - 1)
    throw new ApiProblem(0, { code: 'server_unreachable' })
  }
}

async function answered(method: Method, path: string, asked: Asked): Promise<Response> {
  const request: RequestInit = {
    method,
    headers: headersFor(method, asked),
    credentials: 'same-origin',
    cache: 'no-store',
  }
  if (asked.body !== undefined) request.body = JSON.stringify(asked.body)
  if (asked.content !== undefined) request.body = asked.content
  if (asked.signal !== undefined) request.signal = asked.signal
  const attempts = method === 'GET' || REPEATABLE.test(path) ? ATTEMPTS : 1
  const waits = [...STARTING_WAITS_MS]
  for (;;) {
    const answer = await attempt(apiPath(path, asked.query), request, attempts)
    if (answer.ok) return answer
    if (answer.status === 401 && path !== '/session') whenUnauthorised()
    const problem = await problemOf(answer)
    const wait = problem.code === 'starting' ? waits.shift() : undefined
    if (wait === undefined) throw new ApiProblem(answer.status, problem)
    await new Promise((done) => setTimeout(done, wait))
  }
}

/**
 * Ask the server.
 *
 * @throws ApiProblem when it refuses, or with code `server_unreachable` when no answer came.
 */
export async function ask<T>(method: Method, path: string, asked: Asked = {}): Promise<T> {
  const text = await (await answered(method, path, asked)).text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** A document and the name the server gives it. */
export interface Download {
  name: string
  content: Blob
}

/** Ask the server for a document; refuses as `ask` does. */
export async function askFile(method: Method, path: string, asked: Asked = {}): Promise<Download> {
  const answer = await answered(method, path, asked)
  const disposition = answer.headers.get('Content-Disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1]
  return { name: encoded === undefined ? (plain ?? 'report') : decodeURIComponent(encoded), content: await answer.blob() }
}

/** Send a document as it is, with its kind; refuses as `ask` does. */
export async function sendFile<T>(method: Method, path: string, content: Blob, kind: string): Promise<T> {
  const text = await (await answered(method, path, { content: new Blob([content], { type: kind }) })).text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** Ask for an answer that comes line by line, each of them JSON; refuses as `ask` does. */
export async function askLines<T>(method: Method, path: string, asked: Asked, said: (line: T) => void): Promise<void> {
  const reader = (await answered(method, path, asked)).body?.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const part = await reader?.read().catch(() => {
      throw new ApiProblem(0, { code: 'server_unreachable' })
    })
    rest += part?.value === undefined ? '' : decoder.decode(part.value, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') said(JSON.parse(line) as T)
    if (part === undefined || part.done) return
  }
}

/** Tell the server that this page goes away; works while the page is being unloaded. */
export function sendLeave(session: string): void {
  const body = new Blob([JSON.stringify({ session, csrf })], { type: 'application/json' })
  navigator.sendBeacon(apiPath('/desk/leave', { session, csrf }), body)
}

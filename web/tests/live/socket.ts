/** A WebSocket whose other end is the test. */
export class ScriptedSocket {
  static all: ScriptedSocket[] = []
  readyState = 0
  sent: Record<string, unknown>[] = []
  onopen: (() => void) | null = null
  onclose: (() => void) | null = null
  onmessage: ((event: MessageEvent) => void) | null = null
  readonly url: string

  constructor(url: string) {
    this.url = url
    ScriptedSocket.all.push(this)
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>)
  }

  close(): void {
    this.readyState = 3
  }

  opens(): void {
    this.readyState = 1
    this.onopen?.()
  }

  says(message: unknown): void {
    this.onmessage?.(new MessageEvent('message', { data: JSON.stringify(message) }))
  }

  breaks(): void {
    this.readyState = 3
    this.onclose?.()
  }

  /** What was sent with this operation. */
  asked(op: string): Record<string, unknown>[] {
    return this.sent.filter((message) => message['op'] === op)
  }
}

export const lastSocket = (): ScriptedSocket => {
  const socket = ScriptedSocket.all.at(-1)
  if (socket === undefined) throw new Error('No socket was opened.')
  return socket
}

export const openScripted = (url: string): WebSocket => new ScriptedSocket(url) as unknown as WebSocket

/** What the other side says, played on the headset. */

export class Hearing {
  readonly #blocked: (isBlocked: boolean) => void
  #audio: HTMLAudioElement | null = null

  constructor(blocked: (isBlocked: boolean) => void) {
    this.#blocked = blocked
  }

  play(stream: MediaStream): void {
    this.#audio ??= new Audio()
    this.#audio.autoplay = true
    this.#audio.srcObject = stream
    this.#audio.play().then(
      () => this.#blocked(false),
      (error: unknown) => {
        if (error instanceof DOMException && error.name === 'NotAllowedError') this.#blocked(true)
      },
    )
  }

  /** From a click: what a browser would not play before, it plays now. */
  again(): void {
    void this.#audio?.play().then(() => this.#blocked(false))
  }
}

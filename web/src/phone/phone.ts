/**
 * The phone of this tab: runs the reducer and does what it says. The server is reached through
 * ports given at start, so this room knows nothing of HTTP.
 */
import { echoed, type Heard } from './echo'
import { Hearing } from './hearing'
import { heldBefore, Leader } from './leader'
import { Microphone } from './microphone'
import { step } from './reducer'
import { Ringer } from './ringer'
import { Softphone, type Account } from './softphone'
import { keepSound, readSound, type SoundChoice, type Urgency } from './sound'
import type { Device, PhoneEffect, PhoneEvent, PhoneState, ServerView } from './state'
import { usePhone } from './store'

export interface Ports {
  /** Sign in on the server; the account is `null` for a desk phone. Throws what the server refuses. */
  signIn(device: Device, takeOver: boolean): Promise<Account | null>
  signOut(): Promise<void>
  /** Ask for a new, automatically answered leg. */
  askForLeg(): Promise<void>
  fetchView(): Promise<ServerView>
  /** Be, or be no longer, the tab that stands for the agent's presence. */
  beat(isBeating: boolean): void
  /** The page goes away. */
  leave(): void
  failed(error: unknown): void
}

/** A leg asked for and not rung within this time is asked for again. */
const LEG_OVERDUE_MS = 4_000
const FETCH_AGAIN_MS = 1_000

declare global {
  interface Window {
    /** Read-only diagnostics: the running peer connection and the phone's state. */
    __lianxi?: { readonly pc: RTCPeerConnection | null; readonly phoneState: PhoneState }
  }
}

export class Phone {
  readonly #ports: Ports
  readonly #leader = new Leader((leadership) => this.#onLeadership(leadership))
  readonly #microphone = new Microphone(
    (microphone) => this.tell({ kind: 'microphone', microphone }),
    (track) => void this.#softphone.replaceMicrophone(track),
  )
  readonly #ringer = new Ringer((isBlocked) => this.tell({ kind: 'sound', isBlocked }))
  readonly #hearing = new Hearing((isBlocked) => this.tell({ kind: 'sound', isBlocked }))
  readonly #softphone = new Softphone(
    (event) => this.tell(event),
    (stream) => this.#hearing.play(stream),
  )
  #account: Account | null = null
  #isBeginning = false

  constructor(ports: Ports) {
    this.#ports = ports
    const softphone = this.#softphone
    Object.defineProperty(window, '__lianxi', {
      configurable: true,
      value: Object.freeze({
        get pc() { return softphone.connection },
        get phoneState() { return usePhone.getState() },
      }),
    })
    window.addEventListener('pagehide', () => this.#leave())
    window.addEventListener('beforeunload', (event) => {
      if (usePhone.getState().session?.phase === 'up') event.preventDefault()
    })
    this.#ringer.unlockWithNextGesture()
  }

  get state(): PhoneState {
    return usePhone.getState()
  }

  /** Something happened: take the next state, then do what it asks. */
  tell(event: PhoneEvent): void {
    const { state, effects } = step(this.state, event)
    if (state !== this.state) usePhone.setState(state, true)
    for (const effect of effects) this.#perform(effect)
  }

  /** Unlock sound from a click, before anything that waits. */
  unlockSound(): void {
    void this.#ringer.unlock()
    this.#hearing.again()
  }

  /** Sign in at the desk from this tab. Throws what the server refuses. */
  async signIn(device: Device, takeOver = false): Promise<void> {
    this.unlockSound()
    if ('Notification' in window && Notification.permission === 'default') void Notification.requestPermission()
    await this.#begin(device, 'insist', takeOver)
  }

  /** After a reload: take up the phone again if this tab held it. Returns whether it did. */
  async resume(): Promise<boolean> {
    if (this.#isBeginning) return false
    const device = heldBefore()
    if (device !== 'browser' && device !== 'phone') {
      this.tell({ kind: 'leadership', leadership: 'elsewhere' })
      return false
    }
    void this.#ringer.unlock()
    return this.#begin(device, 'reload', false)
  }

  async signOut(): Promise<void> {
    await this.#ports.signOut()
    this.forget()
  }

  /** Let go of everything without telling the server (it already knows). */
  forget(): void {
    this.tell({ kind: 'signed_out' })
    this.#account = null
    this.#leader.drop()
  }

  answer(): void {
    this.tell({ kind: 'answer_asked' })
  }

  press(digit: string): void {
    if (this.state.session !== null) this.#softphone.press(this.state.session.id, digit)
  }

  /** How loud it rings, on which device, and into which one speaks: from now on and the next time. */
  setSound(choice: SoundChoice): void {
    const isOtherMicrophone = choice.microphone !== readSound().microphone
    keepSound(choice)
    if (isOtherMicrophone && this.state.microphone !== 'off') void this.#microphone.open()
    this.#ringer.setVolume(choice.volume)
    this.#ringer.setDevice(choice.ringDevice)
  }

  /** Let it ring once, to be heard; a call that rings or runs is not disturbed. */
  testRing(): void {
    if (this.state.session !== null) return
    this.unlockSound()
    this.#ringer.ringOnce()
  }

  /** Call the echo of the switch; `null` when this phone cannot call now or was called meanwhile. */
  readonly echo = (): Promise<Heard | null> => echoed(this.state, this.#microphone.stream, this.#softphone)

  /** A soft tone for what needs attention; quiet in a call unless it is about the call. */
  tone(urgency: Urgency): boolean {
    return this.#ringer.tone(urgency, this.state.session?.phase === 'up')
  }

  retryMicrophone(): void {
    void this.#microphone.open()
  }

  reconnect(): void {
    this.#softphone.reconnect()
  }

  async #begin(device: Device, mode: 'reload' | 'insist', takeOver: boolean): Promise<boolean> {
    this.#isBeginning = true
    try {
      this.#account = await this.#ports.signIn(device, takeOver)
      const isHere = await this.#leader.take(device, mode)
      if (isHere) this.tell({ kind: 'signed_in', device })
      return isHere
    } finally {
      this.#isBeginning = false
    }
  }

  #onLeadership(leadership: PhoneState['leadership']): void {
    this.#ports.beat(leadership === 'here')
    this.tell({ kind: 'leadership', leadership })
  }

  #perform(effect: PhoneEffect): void {
    switch (effect.do) {
      case 'connect':
        return void (this.#account !== null && this.#softphone.connect(this.#account))
      case 'disconnect':
        return this.#softphone.disconnect()
      case 'reconnect':
        return this.#softphone.reconnect()
      case 'answer':
        if (this.#microphone.stream !== null) this.#softphone.answer(effect.session, this.#microphone.stream)
        break
      case 'decline':
        this.#softphone.decline(effect.session)
        break
      case 'end':
        this.#softphone.end(effect.session)
        break
      case 'mute':
        return this.#microphone.mute(effect.muted)
      case 'ring':
        return this.#ringer.start()
      case 'stop_ringing':
        return this.#ringer.stop()
      case 'warn_microphone':
        return void this.tone('P1')
      case 'open_microphone':
        return void this.#microphone.open()
      case 'close_microphone':
        return this.#microphone.close()
      case 'let_go':
        return this.#leader.drop()
      case 'ask_for_leg':
        return void this.#askForLeg()
      case 'fetch_view':
        return void this.#fetchView()
    }
  }

  async #askForLeg(): Promise<void> {
    try {
      await this.#ports.askForLeg()
    } catch (error) {
      this.#ports.failed(error)
    }
    // No event says that a leg will not come, so a time limit does.
    setTimeout(() => {
      if (this.state.legAskedFor === null || this.state.session !== null) return
      this.tell({ kind: 'leg_refused' })
      void this.#fetchView()
    }, LEG_OVERDUE_MS)
  }

  async #fetchView(): Promise<void> {
    try {
      const view = await this.#ports.fetchView()
      this.tell({ kind: 'view_fetched', view })
    } catch {
      // The server is not ready to answer; what it says decides about the call, so ask until it does.
      setTimeout(() => {
        if (this.state.mustReconcile && this.state.signalling === 'up') void this.#fetchView()
      }, FETCH_AGAIN_MS)
    }
  }

  #leave(): void {
    // A phone on the desk talks on without the page.
    if (this.state.device !== 'browser' || this.state.leadership !== 'here') return
    if (this.state.session !== null && this.state.signalling === 'up') this.#softphone.end(this.state.session.id)
    this.#ports.leave()
  }
}

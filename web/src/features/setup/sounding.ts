/** The browser's own devices, tried one by one: the level of the microphone, a tone in the speaker. */

const TONE_S = 1
const TONE_HZ = 660
const GAIN = 0.2
/** Louder than this, of 1, and the microphone hears somebody. */
export const HEARD = 0.02

/** Play a tone of a second; resolves when it is over. */
export async function playTone(): Promise<void> {
  const context = new AudioContext()
  await context.resume()
  const gain = context.createGain()
  gain.gain.value = GAIN
  gain.connect(context.destination)
  const tone = context.createOscillator()
  tone.frequency.value = TONE_HZ
  tone.connect(gain)
  await new Promise<void>((over) => {
    tone.onended = () => over()
    tone.start()
    tone.stop(context.currentTime + TONE_S)
  })
  await context.close()
}

/** The loudest of some samples between -1 and 1. */
export const peakOf = (samples: Float32Array): number => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)

/**
 * Listen to the microphone and tell its level, of 1, at each frame.
 *
 * @returns what ends it
 * @throws DOMException when the browser gives no microphone
 */
export async function listen(tell: (level: number) => void): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  let frame = 0
  const look = (): void => {
    analyser.getFloatTimeDomainData(samples)
    tell(peakOf(samples))
    frame = requestAnimationFrame(look)
  }
  frame = requestAnimationFrame(look)
  return () => {
    cancelAnimationFrame(frame)
    for (const track of stream.getTracks()) track.stop()
    void context.close()
  }
}

/** What a screen reader is told. The two regions are on the page from the start (`Announcer`). */

type Urgency = 'polite' | 'assertive'
const listeners = new Set<(urgency: Urgency, text: string) => void>()

export function announce(text: string, urgency: Urgency = 'polite'): void {
  for (const listener of listeners) listener(urgency, text)
}

export function onAnnouncement(listener: (urgency: Urgency, text: string) => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

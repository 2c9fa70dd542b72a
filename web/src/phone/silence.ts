/**
 * Whether a connected call carries sound at all. A path that never opens and one whose keys were
 * never agreed look like any other call to SIP: only the connection knows.
 */

/** A path opens within a fraction of a second; a customer who hears nothing hangs up soon. */
export const OPEN_WITHIN_MS = 6_000

/**
 * Tell when the connection of a call that was answered carries nothing, and when it does again.
 *
 * A connection that is *disconnected* is let be: networks blink, and it comes back by itself or fails.
 *
 * @returns what to do once the call is confirmed
 */
export function watchSilence(connection: RTCPeerConnection, tell: (isSilent: boolean) => void): () => void {
  let isConfirmed = false
  const look = (): void => {
    if (!isConfirmed) return
    if (connection.connectionState === 'failed') tell(true)
    if (connection.connectionState === 'connected') tell(false)
  }
  connection.addEventListener('connectionstatechange', look)
  return () => {
    isConfirmed = true
    look()
    setTimeout(() => {
      if (connection.connectionState === 'new' || connection.connectionState === 'connecting') tell(true)
    }, OPEN_WITHIN_MS)
  }
}

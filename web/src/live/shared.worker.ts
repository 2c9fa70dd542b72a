/** The live link of every tab of this browser, in one SharedWorker. */
import { Hub } from './hub'

const hub = new Hub()
const scope = globalThis as unknown as { onconnect: (event: MessageEvent) => void }
scope.onconnect = (event) => {
  const port = event.ports[0]
  if (port !== undefined) hub.attach(port)
}

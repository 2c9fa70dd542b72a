/** The live link of one tab, where the browser has no SharedWorker. */
import { Hub } from './hub'
import type { Port } from './protocol'

new Hub().attach(globalThis as unknown as Port)

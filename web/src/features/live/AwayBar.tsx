/** The bar of who listens, on every other page: nobody forgets that they are in on a conversation. */
import type { ReactElement } from 'react'

import { MonitorBar } from './MonitorBar'
import { useEars } from './monitor'
import './live.css'

export function AwayBar(): ReactElement {
  return <MonitorBar ears={useEars()} />
}

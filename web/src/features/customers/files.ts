/** A file that was fetched, given to the browser to keep. */
import type { Download } from '@/api/client'

export function keepFile({ name, content }: Download): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

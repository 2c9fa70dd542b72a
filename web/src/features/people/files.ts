/** Files that the page itself writes: a template that was fetched, a list of passwords. */

export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

const RUNS = /^[=+\-@\t\r＝＋－＠]/

/** A cell that no spreadsheet runs as a formula (OWASP, CSV Injection). */
const cell = (text: string): string => `"${(RUNS.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

/** UTF-8 with a byte-order mark, so that spreadsheets read Chinese. */
export const csvOf = (rows: readonly (readonly string[])[]): Blob =>
  new Blob([`\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`], { type: 'text/csv;charset=utf-8' })

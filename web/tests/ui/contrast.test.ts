import { theme } from 'antd'
import { expect, it } from 'vitest'

import { THEMES } from '@/app/theme'
import SHEET from '@/ui/styles.css?raw'

/** The colours of a theme by their names in the style sheet. */
function colours(selector: string): Record<string, string> {
  const block = SHEET.slice(SHEET.indexOf(`${selector} {`)).split('}')[0] ?? ''
  return Object.fromEntries([...block.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6})/g)].map(([, name, colour]) => [name, colour]))
}

function luminance(given: string): number {
  const colour = given.length === 4 ? given.replace(/[0-9a-f]/gi, '$&$&') : given
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG's contrast ratio. */
function contrast(one: string | undefined, other: string | undefined): number {
  const [bright = 0, dark = 0] = [luminance(one ?? '#000000'), luminance(other ?? '#000000')].sort((a, b) => b - a)
  return (bright + 0.05) / (dark + 0.05)
}

const SURFACES = ['ground', 'surface', 'surface-2']
const SOFT = ['blue-soft', 'amber-soft', 'red-soft', 'green-soft']

it.each([
  ['light', ':root'],
  ['dark', ':root[data-theme="dark"]'],
])('text has 4.5:1 on every surface of the %s theme, edges 3:1', (_, selector) => {
  const found = colours(selector)
  expect(Object.keys(found).length).toBeGreaterThan(15)
  const low: string[] = []
  for (const surface of SURFACES) {
    for (const text of ['text', 'grey', 'blue', 'green', 'amber', 'red', 'violet']) {
      if (contrast(found[text], found[surface]) < 4.5) low.push(`${text} on ${surface}`)
    }
    for (const edge of ['edge', 'blue']) if (contrast(found[edge], found[surface]) < 3) low.push(`${edge} on ${surface}`)
  }
  for (const soft of SOFT) {
    for (const text of ['text', 'grey', soft.replace('-soft', '')]) {
      if (contrast(found[text], found[soft]) < 4.5) low.push(`${text} on ${soft}`)
    }
  }
  expect(low).toEqual([])
})

it.each(['light', 'dark'] as const)('what stands on filled buttons of the %s theme can be read', (name) => {
  const token = theme.getDesignToken(THEMES[name])
  for (const filled of [token.colorPrimary, token.colorPrimaryHover, token.colorError, token.colorErrorHover]) {
    expect(contrast(token.colorTextLightSolid, filled), `${token.colorTextLightSolid} on ${filled}`).toBeGreaterThanOrEqual(4.5)
  }
  for (const text of [token.colorPrimary, token.colorLink, token.colorError, token.colorWarning, token.colorSuccess]) {
    expect(contrast(text, token.colorBgContainer), `${text} on ${token.colorBgContainer}`).toBeGreaterThanOrEqual(4.5)
  }
})

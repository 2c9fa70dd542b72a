/**
 * A chart as a file of its own: the drawing on white, with what a reader who has nothing else needs
 * (title, whose figures, signals, notes, as-of, formula, zone). SVG keeps it sharp; PNG goes anywhere.
 */
import type { Download } from '@/api/client'

import css from './drawing.css?raw'

export const PICTURES = ['png', 'svg'] as const
export type Picture = (typeof PICTURES)[number]

export interface PictureWords {
  title: string
  /** Under the title: whose figures, which days, which chart. */
  about: string
  /** Below the drawing, a line each: signals and notes. */
  below: string[]
  /** The last line: when it was true, by which formula, in which zone. */
  foot: string
}

const SVG = 'http://www.w3.org/2000/svg'
const FONT = '"PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif'
const EDGE = 16
const LINE = 20
const SMALL = 12
const LARGE = 18
/** Twice as fine as the screen, for paper and slides. */
const SHARPNESS = 2

/** A picture is for paper and slides, so it has the colours of the light theme whatever the page has. */
const COLOURS: Record<string, string> = {
  '--blue': '#0958d9',
  '--green': '#237804',
  '--red': '#cf1322',
  '--violet': '#531dab',
  '--grey': '#595959',
  '--line': '#d9d9d9',
  '--line-soft': '#f0f0f0',
  '--edge': '#8c8c8c',
  '--surface': '#ffffff',
}

/** The rules of the drawing with their colours put in: a file has no page around it. */
function styleOf(): string {
  const rules = css.split('\n').filter((line) => line.startsWith('.chart'))
  return rules.join('\n').replace(/var\((--[\w-]+)\)/g, (_, name: string) => COLOURS[name] ?? '#000')
}

const isWide = (sign: string): boolean => sign > '\u2e80'

/** Lines no wider than `width` pixels; Chinese breaks anywhere, other words at their spaces. */
export function broken(text: string, width: number, size = SMALL): string[] {
  const lines: string[] = []
  let line = ''
  let filled = 0
  for (const part of text.match(/[\u2e80-\uffff]|[^\u2e80-\uffff\s]+\s*|\s+/g) ?? []) {
    const wide = [...part].reduce((sum, sign) => sum + size * (isWide(sign) ? 1 : 0.58), 0)
    if (filled + wide > width && line !== '') {
      lines.push(line.trimEnd())
      line = ''
      filled = 0
    }
    line += part
    filled += wide
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()]
}

function make(name: string, attributes: Record<string, string | number>, text = ''): SVGElement {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  if (text !== '') element.textContent = text
  return element
}

/** The drawing without what only the screen needs: the cursor and the ring of the chosen point. */
function drawingOf(drawn: SVGSVGElement): SVGElement[] {
  const copy = drawn.cloneNode(true) as SVGSVGElement
  for (const element of copy.querySelectorAll('.chart-cursor, .chart-ring')) element.remove()
  return [...copy.children] as SVGElement[]
}

/** The file's text: the chart as it is drawn on the page, between its title and its words. */
export function svgOf(drawn: SVGSVGElement, words: PictureWords): string {
  const width = Number(drawn.getAttribute('width')) + 2 * EDGE
  const tall = Number(drawn.getAttribute('height'))
  const room = width - 2 * EDGE
  const picture = make('svg', { class: 'chart', 'font-family': FONT })
  const texts: SVGElement[] = []
  let y = EDGE
  const write = (lines: string[], size: number, attributes: Record<string, string | number> = {}): void => {
    for (const line of lines) {
      y += size === LARGE ? LARGE + 6 : LINE
      texts.push(make('text', { x: EDGE, y: y - 5, style: `font-size: ${size}px`, ...attributes }, line))
    }
  }
  write(broken(words.title, room, LARGE), LARGE, { style: `font-size: ${LARGE}px; font-weight: 600; fill: #000` })
  write(broken(words.about, room), SMALL)
  const drawing = make('g', { transform: `translate(${EDGE} ${y + 4})` })
  drawing.append(...drawingOf(drawn))
  y += tall + 8
  for (const line of words.below) write(broken(line, room), SMALL, { style: `font-size: ${SMALL}px; fill: rgb(0 0 0 / 88%)` })
  y += 4
  write(broken(words.foot, room), SMALL)
  const height = y + EDGE
  for (const [key, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) picture.setAttribute(key, String(value))
  picture.append(make('style', {}, styleOf()), make('rect', { width, height, fill: '#fff' }), drawing, ...texts)
  return new XMLSerializer().serializeToString(picture)
}

const toBlob = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('the browser drew nothing')) : resolve(blob)), 'image/png')
  })

/** The same as pixels. */
async function pngOf(text: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width * SHARPNESS
    canvas.height = image.height * SHARPNESS
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await toBlob(canvas)
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** A chart as a document to store; `name` has no ending yet. */
export async function pictureOf(as: Picture, drawn: SVGSVGElement, words: PictureWords, name: string): Promise<Download> {
  const text = svgOf(drawn, words)
  const content = as === 'svg' ? new Blob([text], { type: 'image/svg+xml' }) : await pngOf(text)
  // Signs that file systems refuse.
  return { name: `${name.replace(/[\\/:*?"<>|]/g, '-')}.${as}`, content }
}

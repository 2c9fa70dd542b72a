/** Files chosen for a work order that is not made yet: uploaded when it is, and each tried again alone. */
import { useEffect, useRef, useState } from 'react'

import { caseFiles } from '@/api/cases'
import { notify } from '@/ui/notices'
import { codeOf } from '@/ui/problems'

export const MOST_BYTES = 20 * 1024 * 1024
export const MOST_FILES = 50
const KB = 1024

export const sizeText = (bytes: number): string => (bytes < KB * KB ? `${Math.max(1, Math.round(bytes / KB))} kB` : `${(bytes / KB / KB).toFixed(1)} MB`)

export interface ChosenFile {
  key: string
  file: File
  state: 'waiting' | 'going' | 'done' | 'failed'
  /** Why it was not taken. */
  error: unknown
}

export interface NewFiles {
  chosen: readonly ChosenFile[]
  /** Names of those that were not taken in because they are too big. */
  tooBig: readonly string[]
  /** More were chosen than a work order has; the last ones are left out. */
  isFull: boolean
  choose(files: readonly File[]): void
  takeOut(key: string): void
  /** Upload what is not there yet; resolves to whether everything is there and the form still stands. It never throws. */
  upload(order: string): Promise<boolean>
}

/** Which of these are there although no answer said so. */
async function arrived(order: string, left: readonly ChosenFile[]): Promise<ReadonlySet<string>> {
  const unsure = left.filter((each) => codeOf(each.error) === 'server_unreachable')
  if (unsure.length === 0) return new Set()
  const there = await caseFiles.of(order).catch(() => [])
  return new Set(unsure.filter(({ file }) => there.some((each) => each.name === file.name && each.bytes === file.size)).map((each) => each.key))
}

export function useNewFiles(): NewFiles {
  const [chosen, setChosen] = useState<readonly ChosenFile[]>([])
  const [tooBig, setTooBig] = useState<readonly string[]>([])
  const [isFull, setFull] = useState(false)
  const isShown = useRef(true)
  useEffect(() => {
    isShown.current = true
    return () => {
      isShown.current = false
    }
  }, [])
  const mark = (key: string, state: ChosenFile['state'], error: unknown = null): void =>
    setChosen((before) => before.map((each) => (each.key === key ? { ...each, state, error } : each)))
  const choose = (files: readonly File[]): void => {
    const fitting = files.filter((file) => file.size <= MOST_BYTES)
    const room = MOST_FILES - chosen.length
    setTooBig(files.filter((file) => file.size > MOST_BYTES).map((file) => file.name))
    setFull(fitting.length > room)
    setChosen([...chosen, ...fitting.slice(0, room).map((file): ChosenFile => ({ key: crypto.randomUUID(), file, state: 'waiting', error: null }))])
  }
  const upload = async (order: string): Promise<boolean> => {
    const left = chosen.filter((each) => each.state !== 'done')
    const there = await arrived(order, left)
    let isWhole = true
    for (const { key, file } of left) {
      if (there.has(key)) {
        mark(key, 'done')
        continue
      }
      mark(key, 'going')
      try {
        // One after the other, so that they stand in the order in which they were chosen.
        // oxlint-disable-next-line no-await-in-loop
        await caseFiles.add(order, file)
        mark(key, 'done')
      } catch (error) {
        isWhole = false
        mark(key, 'failed', error)
        // Whoever left the form meanwhile hears of it all the same.
        if (!isShown.current) notify(error)
      }
    }
    return isWhole && isShown.current
  }
  const takeOut = (key: string): void => {
    setFull(false)
    setTooBig([])
    setChosen(chosen.filter((each) => each.key !== key))
  }
  return { chosen, tooBig, isFull, choose, takeOut, upload }
}

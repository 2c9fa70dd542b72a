/** A value once it has stopped changing for a moment: the server is not asked for every letter. */
import { useEffect, useState } from 'react'

const SETTLES_AFTER_MS = 400

export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLES_AFTER_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** How wide an element is, so that text in a drawing keeps its size. */
import { useEffect, useRef, useState, type RefObject } from 'react'

const USUAL = 960

export function useWidth<E extends Element>(): [RefObject<E | null>, number] {
  const element = useRef<E>(null)
  const [width, setWidth] = useState(USUAL)
  useEffect(() => {
    if (element.current === null) return undefined
    const observer = new ResizeObserver((entries) => {
      const measured = entries[0]?.contentRect.width ?? 0
      if (measured > 0) setWidth(measured)
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])
  return [element, width]
}

/** What jsdom lacks and antd asks for; words as on the page. */
import { configure } from '@testing-library/react'
import { afterEach } from 'vitest'

import { FEATURES_WITH_WORDS, loadWords, startI18n } from '@/app/i18n'

Object.defineProperty(window, 'matchMedia', {
  value: (query: string) => ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
  }),
})
// antd measures the text area and the scroll bar with pseudo elements, which jsdom does not know.
const measured = window.getComputedStyle.bind(window)
window.getComputedStyle = (element: Element) => measured(element)
class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver = NoObserver

// A deadline for a busy machine; what is waited for is an event of the page.
configure({ asyncUtilTimeout: 10_000 })

await startI18n('zh-CN')
await Promise.all(FEATURES_WITH_WORDS.map(loadWords))

afterEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})

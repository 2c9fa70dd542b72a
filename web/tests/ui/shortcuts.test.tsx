import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'

import { keysText, useKeyChoices, useShortcuts, type Shortcuts } from '@/ui/shortcuts'

function Listening({ shortcuts }: { shortcuts: Shortcuts }) {
  useShortcuts(shortcuts)
  return <input data-testid="field" />
}

afterEach(() => {
  cleanup()
  useKeyChoices.setState({ isPlainOff: false, remapped: {} })
})

it('no shortcut fires while an input method composes', () => {
  const act = vi.fn()
  render(<Listening shortcuts={{ F2: act, 'Alt+w': act, '1': act, '$mod+Enter': act, Enter: act }} />)
  for (const on of [screen.getByTestId('field'), document.body]) {
    fireEvent.keyDown(on, { key: 'F2', isComposing: true })
    fireEvent.keyDown(on, { key: 'w', altKey: true, isComposing: true })
    fireEvent.keyDown(on, { key: '1', isComposing: true })
    fireEvent.keyDown(on, { key: 'Enter', isComposing: true })
    // What browsers send for the key that the input method took, without saying that it composes.
    fireEvent.keyDown(on, { key: 'Enter', ctrlKey: true, keyCode: 229 })
    fireEvent.keyDown(on, { key: 'F2', keyCode: 229 })
  }
  expect(act).not.toHaveBeenCalled()
  fireEvent.keyDown(document.body, { key: 'F2' })
  expect(act).toHaveBeenCalledOnce()
})

it('single keys wait until no field has the focus; keys with Alt do not', () => {
  const act = vi.fn()
  render(<Listening shortcuts={{ '1': act, '?': act, 'Alt+w': act }} />)
  const field = screen.getByTestId('field')
  fireEvent.keyDown(field, { key: '1' })
  fireEvent.keyDown(field, { key: '?', shiftKey: true })
  expect(act).not.toHaveBeenCalled()
  fireEvent.keyDown(field, { key: 'w', altKey: true })
  fireEvent.keyDown(document.body, { key: '?', shiftKey: true })
  expect(act).toHaveBeenCalledTimes(2)
})

it('a held key acts once', () => {
  const act = vi.fn()
  render(<Listening shortcuts={{ F8: act }} />)
  fireEvent.keyDown(document.body, { key: 'F8' })
  fireEvent.keyDown(document.body, { key: 'F8', repeat: true })
  expect(act).toHaveBeenCalledOnce()
})

it('a person may switch single keys off, and take other keys', () => {
  const plain = vi.fn()
  const state = vi.fn()
  useKeyChoices.setState({ isPlainOff: true, remapped: { 'Alt+w': 'Alt+q' } })
  render(<Listening shortcuts={{ '?': plain, 'Alt+w': state }} />)
  fireEvent.keyDown(document.body, { key: '?', shiftKey: true })
  fireEvent.keyDown(document.body, { key: 'w', altKey: true })
  expect(plain).not.toHaveBeenCalled()
  expect(state).not.toHaveBeenCalled()
  fireEvent.keyDown(document.body, { key: 'q', altKey: true })
  expect(state).toHaveBeenCalledOnce()
})

it('keys stand as on a keyboard', () => {
  expect(['$mod+k', 'Alt+w', 'F2', 'ArrowUp'].map(keysText)).toEqual(['Ctrl+K', 'Alt+W', 'F2', '↑'])
})

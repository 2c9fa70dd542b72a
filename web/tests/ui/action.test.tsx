/** A button that cannot be pressed says why, and is the same button when it can. */
import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'

import { ActionButton } from '@/ui/ActionButton'

const WHY = 'no call'

test('the reason is shown to who looks, and told to who listens', async () => {
  const shown = render(<ActionButton label="hang up" whyNot={WHY} onAct={() => undefined} />)
  const button = screen.getByRole('button', { name: /hang up/ })
  expect(button.getAttribute('aria-disabled')).toBe('true')
  expect(screen.queryByRole('tooltip')).toBeNull()

  fireEvent.mouseEnter(button)
  expect((await screen.findByRole('tooltip')).textContent).toBe(WHY)
  shown.unmount()
})

test('the focus stays on it when it can be pressed again', () => {
  const shown = render(<ActionButton label="hang up" whyNot={WHY} onAct={() => undefined} />)
  const button = screen.getByRole('button', { name: /hang up/ })
  button.focus()

  shown.rerender(<ActionButton label="hang up" whyNot={null} onAct={() => undefined} />)

  expect(document.activeElement).toBe(button)
  expect(screen.getByRole('button', { name: 'hang up' })).toBe(button)
  shown.unmount()
})

import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'

import type { Chart } from '@/api/figures'
import { ChartValues } from '@/features/reports/ChartValues'
import { ControlChart } from '@/features/reports/ControlChart'
import { indexAt, lineThrough, scaleOf, stepsThrough, type Frame } from '@/features/reports/geometry'
import { marksAt, signalsAt } from '@/features/reports/signals'
import { Sparkline } from '@/features/reports/Sparkline'

import { aChart } from './centre'

afterEach(cleanup)

const FRAME: Frame = { width: 100, height: 100, left: 0, right: 0, top: 0, bottom: 0 }
const SCALE = { low: 0, high: 10, ticks: [] }

it('a scale has round steps, begins at nothing and does not go beyond all', () => {
  expect(scaleOf([0.61, 0.88, 0.8], 1)).toEqual({ low: 0.5, high: 1, ticks: [0.5, 0.6, 0.7, 0.8, 0.9, 1].map((each) => expect.closeTo(each)) })
  expect(scaleOf([3, 41]).low).toBe(0)
  expect(scaleOf([-4, 4]).low).toBeLessThan(-4)
  expect(scaleOf([7, 7]).high).toBeGreaterThan(7)
})

it('a line is broken where there is no value', () => {
  expect(lineThrough([10, 0, null, 5], SCALE, FRAME)).toBe('M12.5 0L37.5 100M87.5 50')
})

it('limits stand over the whole width of their points, and step where they change', () => {
  expect(stepsThrough([5, 10], SCALE, FRAME)).toBe('M0 50L50 50L50 0L100 0')
  expect(stepsThrough([null, null], SCALE, FRAME)).toBe('')
})

it('a place on the chart is the point of its column', () => {
  expect([0, 24, 26, 99, 400].map((x) => indexAt(x, 4, FRAME))).toEqual([0, 0, 1, 3, 3])
})

it('a signal is numbered at its last point, and knows all of its points', () => {
  const chart = aChart()
  const run = { rule: 'WE4', from: chart.points[3]?.begins_at ?? 0, to: chart.points[10]?.begins_at ?? 0, text: '', text_en: '' }
  const both: Chart = { ...chart, signals: [...chart.signals, run] }
  expect(signalsAt(both, 5)).toEqual([1])
  expect([9, 10, 19].map((index) => marksAt(both, index))).toEqual(['', '②', '①'])
})

function draw(chart: Chart, onOpen = vi.fn()): { onOpen: typeof onOpen; slider: HTMLElement } {
  render(
    <ControlChart name="服务水平" chart={chart} unit="ratio" gaps={[]} nameOf={(index) => `第${index + 1}天`} when={String} onOpen={onOpen} />,
  )
  return { onOpen, slider: screen.getByTestId('control-chart') }
}

it('the centre, the limits and the target are different lines', () => {
  const { slider } = draw(aChart())
  const styles = ['centre', 'lower', 'upper', 'target', 'value'].map((line) => slider.querySelector(`[data-line="${line}"]`)?.getAttribute('class'))
  expect(styles).toEqual(['chart-centre', 'chart-limit', 'chart-limit', 'chart-target', 'chart-line'])
  expect(slider.querySelectorAll('[data-signal]')).toHaveLength(1)
  expect(slider.querySelector('[data-signal] rect')).not.toBeNull()
  expect(slider.querySelector('[data-signal]')?.textContent).toBe('①')
})

it('a short history is a line without limits', () => {
  const { slider } = draw(aChart({ kind: 'run', lower: null, upper: null, signals: [] }, 8))
  expect(slider.querySelector('[data-line="lower"]')?.getAttribute('d')).toBe('')
})

it('the arrows go from point to point, Enter opens one, and the page does not move', () => {
  const page = vi.fn()
  window.addEventListener('keydown', page)
  const { slider, onOpen } = draw(aChart())
  expect(slider.getAttribute('aria-valuetext')).toBe('第20天 · 61.00% · ① 一点超出 3σ')
  for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowLeft']) fireEvent.keyDown(slider, { key })
  expect(slider.getAttribute('aria-valuetext')).toBe('第2天 · 78.00%')
  fireEvent.keyDown(slider, { key: 'Enter' })
  expect(onOpen).toHaveBeenCalledWith(1)
  expect(page).not.toHaveBeenCalled()
  fireEvent.keyDown(slider, { key: 'd' })
  expect(page).toHaveBeenCalledTimes(1)
  window.removeEventListener('keydown', page)
})

it('every value of the chart is also in a table', () => {
  const chart = aChart({}, 12)
  const first = chart.points[0]
  if (first !== undefined) first.value = null
  render(<ChartValues chart={chart} unit="ratio" nameOf={(index) => `第${index + 1}天`} />)
  const rows = screen.getAllByRole('row', { hidden: true })
  expect(rows).toHaveLength(13)
  expect(rows[1]?.textContent).toContain('该时段无通话')
  expect(rows[12]?.textContent).toBe('第12天61.00%8473.70%80.90%88.10%① WE1')
})

it('a course of one figure is no line', () => {
  const { container, rerender } = render(<Sparkline values={[1, null]} />)
  expect(container.querySelector('svg')).toBeNull()
  rerender(<Sparkline values={[1, null, 3]} />)
  expect(container.querySelector('svg')?.dataset['points']).toBe('2')
})

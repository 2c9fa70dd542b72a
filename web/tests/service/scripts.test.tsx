import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Script, ScriptContent, ScriptStep } from '@/api/scripts'
import { diffScripts, identified } from '@/features/service/scripts'

import { opened, over, play } from '../opened'
import { aPerson } from '../world'

const aStep = (id: string, change: Partial<ScriptStep> = {}): ScriptStep => ({
  id, kind: 'say', text: `说 ${id}`, text_en: '', calls: 'all', fills: 'nothing', then: '', answers: [], clock: 'waiting', after_s: 10, ...change,
})
const content = (steps: ScriptStep[], change: Partial<ScriptContent> = {}): ScriptContent => ({ name: '退款', name_en: '', queues: ['service'], numbers: [], steps, ...change })
const aScript = (change: Partial<Script> = {}): Script => ({
  ...content([aStep('a'), aStep('b')]), id: 'r1', revision: '4', changed_at: 0, changed_by: '主管', current: null, coming: null, said: 0, ...change,
})

describe('what differs between two versions', () => {
  it('is told step by step, whatever its place', () => {
    const before = content([aStep('a'), aStep('b'), aStep('c')])
    const after = content([aStep('b'), aStep('a', { text: '改了' }), aStep('d')], { queues: [] })
    expect(diffScripts(before, after).map(({ step, kind }) => [step, kind])).toEqual([
      ['', 'changed'], ['c', 'removed'], ['b', 'moved'], ['a', 'changed'], ['d', 'added'],
    ])
    expect(diffScripts(before, before)).toEqual([])
  })

  it('a step that follows a new one has not moved', () => {
    expect(diffScripts(content([aStep('a')]), content([aStep('n'), aStep('a')])).map((each) => each.kind)).toEqual(['added'])
  })
})

it('a new step gets an id of its own, which it keeps', () => {
  const steps = identified([aStep('s1'), aStep(''), aStep('')])
  expect(steps.map((step) => step.id)).toEqual(['s1', 's2', 's3'])
  expect(identified([steps[2]!, aStep('')]).map((step) => step.id)).toEqual(['s3', 's1'])
})

const open = () => opened('/admin/service?tab=scripts', aPerson('supervisor', { permissions: ['scripts.edit'] }))

describe('the page', () => {
  const world = { all: [aScript()], put: [] as { body: ScriptContent; match: string | null }[], refused: null as null | object }
  beforeEach(() => {
    Object.assign(world, { all: [aScript()], put: [], refused: null })
    localStorage.clear()
    play(async (input, init = {}) => {
      const path = `${init.method ?? 'GET'} ${String(input).split('?')[0]}`
      if (path === 'GET /api/scripts') return Response.json(world.all)
      if (path === 'GET /api/scripts/places') return Response.json({ queues: [{ id: 'service', name: '售后', name_en: 'Service' }], numbers: ['4001'] })
      if (path === 'GET /api/scripts/r1/versions') return Response.json([])
      if (path === 'PUT /api/scripts/r1') {
        const body = JSON.parse(String(init.body)) as ScriptContent
        world.put.push({ body, match: new Headers(init.headers).get('If-Match') })
        if (world.refused !== null) return Response.json(world.refused, { status: 412 })
        world.all = [aScript({ ...body, revision: '5' })]
        return Response.json(world.all[0])
      }
      if (path === 'POST /api/scripts/r1/publish') {
        return Response.json({ code: 'script_invalid', detail: '', facts: { field: 'text', step: 2, why: 'Step 2 has no text.', why_zh: '第 2 步没有内容。' } }, { status: 422 })
      }
      return Response.json({ code: 'not_here' }, { status: 404 })
    })
  })
  afterEach(over)

  it('is the only tab of who may write scripts and nothing else', async () => {
    open()
    await screen.findByTestId('steps')
    expect(screen.getAllByRole('tab').map((tab) => tab.textContent)).toEqual(['脚本'])
    expect(screen.getByTestId('script-r1').textContent).toContain('未发布,座席看不到')
  })

  it('keeps a draft as it was read, and says what is wrong when it is published', async () => {
    open()
    fireEvent.change(await screen.findByTestId('step-text-1'), { target: { value: '' } })
    fireEvent.click(screen.getByTestId('script-publish'))
    expect(screen.getByText(/先保存再发布/)).toBeTruthy()
    fireEvent.click(screen.getByTestId('edit-save'))
    await waitFor(() => expect(world.put).toHaveLength(1))
    expect(world.put[0]?.match).toBe('"4"')
    expect(world.put[0]?.body.steps[1]?.text).toBe('')
    await waitFor(() => expect((screen.getByTestId('script-publish-now') as HTMLButtonElement).disabled).toBe(false))
    fireEvent.click(screen.getByTestId('script-publish-now'))
    expect((await screen.findByTestId('script-refusal')).textContent).toContain('第 2 步没有内容。')
  })

  it('a colleague who was quicker is shown side by side', async () => {
    open()
    fireEvent.change(await screen.findByTestId('script-name'), { target: { value: '我的' } })
    world.refused = { code: 'script_changed_meanwhile', detail: '', facts: {} }
    world.all = [aScript({ name: '同事的', revision: '5' })]
    fireEvent.click(screen.getByTestId('edit-save'))
    const conflict = await screen.findByTestId('conflict')
    expect(conflict.textContent).toContain('我的')
    expect(conflict.textContent).toContain('同事的')
  })
})

import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { CaseDeadline } from '@/api/caseRules'
import { decidingRule } from '@/features/service/cases/CatalogueTester'
import { draftOf, gapOf, targetOf, withUnit } from '@/features/service/cases/deadlineDraft'
import { BLANK_ITEM, diffItems, named } from '@/features/service/cases/forms'
import { deadlinesOf, scaled } from '@/features/service/cases/limits'

import { opened, over, play } from '../opened'
import { aPerson } from '../world'

const HOUR = 3_600_000
const aDeadline = (change: Partial<CaseDeadline> = {}): CaseDeadline => ({
  code: 'wo.resolve', kind: '', area_class: '', version: 1, effective_at: 1_000, target: 24 * HOUR, unit: 'wall', calendar: '', marks: [{ action: 'warn', percent: 50 }], note: '', set_by: 'u1', set_at: 1_000, ...change,
})
const aType = (kind: string, change: object = {}) => ({
  kind, category: 'business', zh: '报修', en: '', form: '', callback_required: true, audit_mode: 'every', sample_percent: 10, priority: 3, is_active: true, position: 0, revision: 1, open: 0, rules: 0, deadlines: 0, ...change,
})
const anArea = (id: string, change: object = {}) => ({ id, zh: '北城', en: '', area_class: '', workers: [], staff: [], is_active: true, revision: 1, open: 0, rules: 0, ...change })

describe('deadlines', () => {
  it('are told by what they are of, with the version that counts and those to come', () => {
    const rules = [aDeadline({ code: 'wo.accept' }), aDeadline(), aDeadline({ version: 2, effective_at: 5_000, target: HOUR }), aDeadline({ kind: 'repair' })]
    const [general, particular, accept] = deadlinesOf(rules, 2_000)
    expect([general?.key, particular?.key, accept?.key]).toEqual(['wo.resolve  ', 'wo.resolve repair ', 'wo.accept  '])
    expect(general?.inForce?.version).toBe(1)
    expect(general?.coming.map((each) => each.version)).toEqual([2])
    expect(deadlinesOf(rules, 5_000)[0]?.inForce?.version).toBe(2)
  })

  it('are written in the largest whole unit, and counted in days where the unit is a day', () => {
    expect(scaled(30 * 60_000, 'wall')).toEqual({ value: 30, scale: 'minutes' })
    expect(scaled(48 * HOUR, 'wall')).toEqual({ value: 48, scale: 'hours' })
    const days = withUnit({ ...draftOf(aDeadline()), value: 5 }, 'work_days', ['office'])
    expect([days.scale, days.calendar, targetOf(days)]).toEqual(['days', 'office', 5 * 24 * HOUR])
    expect(gapOf({ ...days, calendar: '' }, 'UTC', 0)).toBe('calendar')
    expect(gapOf({ ...days, value: 0, calendar: '' }, 'UTC', 0)).toBeNull()
    expect(gapOf({ ...days, isLater: true, from: '1970-01-01T00:00' }, 'UTC', 1)).toBe('from')
  })
})

describe('forms', () => {
  it('give what was added a stable name, and options too', () => {
    const [one, two] = named([{ ...BLANK_ITEM, name: 'item_1' }, { ...BLANK_ITEM, kind: 'choice', options: [{ value: '', zh: '是', en: '' }] }])
    expect([one?.name, two?.name, two?.options[0]?.value]).toEqual(['item_1', 'item_2', 'o1'])
  })

  it('say item by item what publishing changes', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ ...BLANK_ITEM, name, zh: name }))
    const found = diffItems([a!, b!], [b!, { ...a!, required: true }, c!])
    expect(found.map(({ kind, item }) => `${kind} ${item.name}`)).toEqual(['moved b', 'changed a', 'added c'])
    expect(diffItems([a!], [])[0]?.kind).toBe('removed')
  })
})

const rule = (id: number, kind: string, place: string) => ({ id, kind, place, area: `a${id}` })

it('a rule for the kind decides before one for any, then the longest place; never one whose area is switched off', () => {
  const rules = [rule(1, '', '北城区'), rule(2, 'repair', ''), rule(3, 'repair', '北城')]
  const areas = ['a1', 'a2', 'a3'].map((id) => anArea(id))
  expect(decidingRule(rules, areas, 'repair', '北城区 8 号')?.id).toBe(3)
  expect(decidingRule(rules, areas, 'bill', '北城区 8 号')?.id).toBe(1)
  expect(decidingRule(rules, areas, 'bill', '南城')).toBeNull()
  const off = areas.map((area) => ({ ...area, is_active: area.id !== 'a3' }))
  expect(decidingRule(rules, off, 'repair', '北城区 8 号')?.id).toBe(2)
})

const open = (tab: string) => opened(`/admin/service?tab=${tab}`, aPerson('supervisor', { permissions: ['cases.edit', 'cases.read'] }))

describe('the set-up', () => {
  const world = { types: [] as object[], areas: [] as object[], rules: [] as object[], deadlines: [] as CaseDeadline[], sent: [] as { path: string; body: Record<string, unknown> }[], refused: null as null | { status: number; body: object } }
  beforeEach(() => {
    Object.assign(world, { types: [], areas: [], rules: [], deadlines: [], sent: [], refused: null })
    localStorage.clear()
    play(async (input, init = {}) => {
      const method = init.method ?? 'GET'
      const path = String(input).split('?')[0] ?? ''
      if (method !== 'GET') {
        const body = JSON.parse(String(init.body)) as Record<string, unknown>
        world.sent.push({ path: `${method} ${path}`, body })
        if (path.endsWith('/check')) return Response.json([])
        if (path.endsWith('/try')) return Response.json({ due_at: 5 * HOUR, half_at: HOUR, most_at: 2 * HOUR, is_provisional: false })
        if (world.refused !== null) return Response.json(world.refused.body, { status: world.refused.status })
        if (path.startsWith('/api/case-types/')) {
          const made = aType(path.split('/').at(-1) ?? '', { ...body, revision: Number(body['revision']) + 1 })
          world.types = [made]
          return Response.json(made)
        }
        if (path.startsWith('/api/work-areas/')) {
          const made = anArea(path.split('/').at(-1) ?? '', { ...body, revision: Number(body['revision']) + 1 })
          world.areas = [made]
          return Response.json(made)
        }
        if (path === '/api/case-deadlines') {
          const made = aDeadline({ ...body, version: Number(body['after']) + 1, effective_at: 2_000 })
          world.deadlines = [...world.deadlines, made]
          return Response.json(made)
        }
        return Response.json({ types: 3, forms: 1, deadlines: 9 })
      }
      const lists: Record<string, unknown> = {
        '/api/case-types': world.types, '/api/work-areas': world.areas, '/api/case-forms': [], '/api/dispatch-catalogue': world.rules, '/api/case-deadlines': world.deadlines,
        '/api/case-setup-choices': { people: [{ id: 'u1', name: '张三' }], calendars: [{ id: 'office', name: '上班', name_en: '', always: false }] },
        '/api/cases/area': { area: 'north' },
        '/api/case-presets': [{ name: '400', zh: '400 热线', en: '400', types: 1, forms: 0, deadlines: 1, needs_calendar: false, brings_types: [{ kind: 'member_card', category: 'business', zh: '会员卡办理', en: '' }], brings_forms: [], brings_deadlines: [{ code: 'wo.dispatch', kind: '', area_class: '', unit: 'wall', target: 30 * 60_000, note: '' }] }],
      }
      return path in lists ? Response.json(lists[path]) : Response.json({ code: 'not_here' }, { status: 404 })
    })
  })
  afterEach(over)

  it('begins with a type: the empty page says the first step, and one is made', async () => {
    open('case_types')
    expect(await screen.findByText('还没有工单类型')).toBeTruthy()
    fireEvent.change(screen.getByTestId('type-key'), { target: { value: 'Repair' } })
    fireEvent.click(screen.getByTestId('type-new'))
    fireEvent.change(await screen.findByTestId('type-zh'), { target: { value: '报修' } })
    fireEvent.click(screen.getByTestId('edit-save'))
    expect(await screen.findByTestId('type-repair')).toBeTruthy()
    expect(world.sent[0]).toMatchObject({ path: 'PUT /api/case-types/repair', body: { zh: '报修', revision: 0, is_active: true } })
    expect((await screen.findByTestId('type-used')).textContent).toContain('未办结工单 0 张')
  })

  it('a preset is looked at before it is loaded', async () => {
    open('case_types&part=presets')
    fireEvent.click(await screen.findByTestId('preset-see-400'))
    const brings = screen.getByTestId('preset-brings-400')
    expect(within(brings).getByText(/会员卡办理/)).toBeTruthy()
    expect(brings.textContent).toContain('派单 · 任何类型 · 30 分钟')
    fireEvent.click(screen.getByTestId('preset-load-400'))
    await waitFor(() => expect(world.sent.map((each) => each.path)).toContain('POST /api/case-presets/400'))
  })

  it('an area whose version is newer shows both and keeps mine', async () => {
    world.areas = [anArea('north')]
    open('work_areas')
    fireEvent.change(await screen.findByTestId('area-zh'), { target: { value: '北城供电所' } })
    world.areas = [anArea('north', { zh: '北区', revision: 2 })]
    world.refused = { status: 412, body: { code: 'case_setup_changed', detail: '', facts: { revision: 2 } } }
    fireEvent.click(screen.getByTestId('edit-save'))
    const conflict = await screen.findByTestId('conflict')
    expect(conflict.textContent).toContain('北城供电所')
    expect(conflict.textContent).toContain('北区')
    world.refused = null
    fireEvent.click(screen.getByTestId('conflict-mine'))
    await waitFor(() => expect(world.sent.at(-1)?.body).toMatchObject({ zh: '北城供电所', revision: 2 }))
  })

  it('a form is looked through before it is published as the next version', async () => {
    open('case_types&part=forms')
    fireEvent.change(await screen.findByTestId('form-key'), { target: { value: 'repair' } })
    fireEvent.click(screen.getByTestId('form-new'))
    fireEvent.click(await screen.findByTestId('items-add'))
    fireEvent.change(screen.getByTestId('item-zh-0'), { target: { value: '故障现象' } })
    expect(within(screen.getByTestId('form-preview')).getByText('故障现象')).toBeTruthy()
    fireEvent.click(screen.getByTestId('form-publish'))
    expect((await screen.findByTestId('form-diff')).textContent).toContain('故障现象')
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('form-publish-now').disabled).toBe(false))
    fireEvent.click(screen.getByTestId('form-publish-now'))
    await waitFor(() => expect(world.sent.at(-1)).toMatchObject({ path: 'PUT /api/case-forms/case.repair', body: { after: 0, items: [{ name: 'item_1', zh: '故障现象' }] } }))
  })

  it('a deadline says when it would fall, and a newer version does not lose mine', async () => {
    world.deadlines = [aDeadline()]
    open('deadlines')
    fireEvent.click(await screen.findByText('办结'))
    expect((await screen.findByTestId('try-said')).textContent).toContain('1970-01-01')
    fireEvent.change(screen.getByTestId('deadline-value'), { target: { value: '12' } })
    world.deadlines = [aDeadline(), aDeadline({ version: 2, effective_at: 1_500, target: 48 * HOUR })]
    world.refused = { status: 412, body: { code: 'deadline_changed', detail: '', facts: {} } }
    fireEvent.click(screen.getByTestId('deadline-save'))
    expect((await screen.findByTestId('deadline-newer')).textContent).toContain('12 小时')
    world.refused = null
    fireEvent.click(screen.getByTestId('deadline-mine'))
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('deadline-save').disabled).toBe(false))
    fireEvent.click(screen.getByTestId('deadline-save'))
    await waitFor(() => expect(world.sent.at(-1)).toMatchObject({ path: 'PUT /api/case-deadlines', body: { after: 2, target: 12 * HOUR, code: 'wo.resolve' } }))
  })

  it('a rule of the catalogue that a colleague changed is decided by a person', async () => {
    world.areas = [anArea('north'), anArea('south', { zh: '南城' })]
    world.types = [aType('repair')]
    open('catalogue')
    fireEvent.change(await screen.findByTestId('rule-place'), { target: { value: '北城区' } })
    fireEvent.mouseDown(within(screen.getByTestId('rule-add')).getAllByRole('combobox').at(-1)!)
    fireEvent.click(await screen.findByTitle('北城'))
    world.refused = { status: 412, body: { code: 'case_setup_changed', detail: '', facts: { area: 'south' } } }
    fireEvent.click(screen.getByTestId('rule-save'))
    const conflict = await screen.findByTestId('rule-conflict')
    expect(conflict.textContent).toContain('南城')
    world.refused = null
    fireEvent.click(screen.getByTestId('rule-mine'))
    await waitFor(() => expect(world.sent.at(-1)?.body).toMatchObject({ place: '北城区', area: 'north', was: 'south' }))
  })
})
